using System.Text.Json;
using System.Text.Json.Nodes;
using Heliotrope.Core.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Undo;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Heliotrope.Server.Merging;

/// <summary>
/// Hangs rows on another conversation. Which tables have such rows is asked of the model, so that what a new table holds comes along without a thought. Each row is
/// noted before, and saved changes of the tracker must be saved first: rows are moved past it.
/// </summary>
internal sealed class Rehang(HeliotropeDb db, IRows rows, CancellationToken cancel)
{
    /// <summary>Lets nothing be hung on these conversations by others before the transaction ends.</summary>
    public Task Hold(params long[] numbers)
    {
        var table = Shapes.Of(TypeOf<Conversation>());
        return rows.Read(db, table, [], table.Key, [.. numbers.Select(number => new object[] { number })], cancel);
    }

    /// <summary>Everything of one conversation comes to another; what is there already is kept once.</summary>
    public async Task All(long from, long to)
    {
        foreach (var foreign in TypeOf<Conversation>().GetReferencingForeignKeys().ToList())
        {
            await Repoint(foreign.DeclaringEntityType, foreign.Properties[0], from, to);
        }
    }

    /// <summary>Entries come to another conversation, with whatever else hangs on both them and the old one.</summary>
    public async Task Entries(IReadOnlyCollection<long> ids, long to)
    {
        var entries = TypeOf<Entry>();
        await Set(entries, entries.FindProperty(nameof(Entry.ConversationNumber))!, Shapes.Of(entries).Key, [.. ids.Select(id => new object[] { id })], to);
        foreach (var foreign in entries.GetReferencingForeignKeys().ToList())
        {
            if (foreign.DeclaringEntityType.GetForeignKeys().FirstOrDefault(f => f.PrincipalEntityType.ClrType == typeof(Conversation)) is { } place)
            {
                await Set(foreign.DeclaringEntityType, place.Properties[0], [foreign.Properties[0].GetColumnName()], [.. ids.Select(id => new object[] { id })], to);
            }
        }
    }

    /// <summary>Rows of a table name something else from now on.</summary>
    public async Task Repoint(IEntityType type, IProperty property, long from, long to)
    {
        var (table, column) = (Shapes.Of(type), property.GetColumnName());
        List<(string[] Columns, string? Among)> unique = [.. type.GetIndexes().Where(i => i.IsUnique && i.Properties.Contains(property)).Select(i => (Shapes.Columns(i.Properties), i.GetFilter()))];
        if (table.Key.Contains(column))
        {
            unique.Add(([.. table.Key], null));
        }

        if (unique.Count == 0)
        {
            await Set(type, property, [column], [[from]], to);
            return;
        }

        var there = await rows.Read(db, table, null, [column], [[to]], cancel);
        foreach (var row in await rows.Read(db, table, null, [column], [[from]], cancel))
        {
            var moved = row.DeepClone().AsObject();
            moved[column] = to;
            await Move(type, table, row, moved, unique.Exists(index => there.Exists(other => AreAlike(index.Columns, moved, other) && IsAmong(index.Among, moved) && IsAmong(index.Among, other))));
        }
    }

    /// <summary>Takes a row out past the tracker, noted.</summary>
    public async Task Remove(IEntityType type, object[] key)
    {
        await Note(type, journal => journal.Removing(db, type, [key], cancel));
        await rows.Delete(db, Shapes.Of(type), key, cancel);
    }

    public IEntityType TypeOf<T>() => db.Model.FindEntityType(typeof(T))!;

    private static bool AreAlike(string[] columns, JsonObject one, JsonObject other) =>
        columns.All(column => one[column] is not null && JsonNode.DeepEquals(one[column], other[column]));

    /// <summary>Whether an index that holds only some rows holds this one.</summary>
    private static bool IsAmong(string? among, JsonObject row) => among?.Split(' ') switch
    {
        null => true,
        [var column, "IS", "NULL"] => row[column] is null,
        ["NOT", var column] => row[column]!.AsValue().GetValueKind() is JsonValueKind.False || row[column]!.ToString() == "0",
        _ => throw new NotSupportedException($"Whether a row is among those of an index with \"{among}\" is not known."),
    };

    /// <summary>A key cannot be changed: the row goes and comes again.</summary>
    private async Task Move(IEntityType type, TableShape table, JsonObject row, JsonObject moved, bool isThere)
    {
        var (key, newKey) = (Shapes.KeyOf(table, row), Shapes.KeyOf(table, moved));
        if (!isThere && Shapes.Text(key) == Shapes.Text(newKey))
        {
            var changed = new JsonObject(moved.Where(c => !JsonNode.DeepEquals(c.Value, row[c.Key])).Select(c => KeyValuePair.Create(c.Key, c.Value?.DeepClone())));
            await Note(type, journal => journal.Changing(db, type, [.. changed.Select(c => c.Key)], [key], cancel));
            await rows.Update(db, table, key, changed, cancel);
            return;
        }

        await Remove(type, key);
        if (!isThere)
        {
            await rows.Insert(db, table, moved, cancel);
            await Note(type, journal =>
            {
                journal.Adding(type, newKey);
                return Task.CompletedTask;
            });
        }
    }

    private async Task Set(IEntityType type, IProperty property, IReadOnlyList<string> match, IReadOnlyCollection<object[]> values, long to)
    {
        var (table, column) = (Shapes.Of(type), property.GetColumnName());
        var keys = (await rows.Read(db, table, [], match, values, cancel)).ConvertAll(row => Shapes.KeyOf(table, row));
        if (keys.Count == 0)
        {
            return;
        }

        await Note(type, journal => journal.Changing(db, type, [column], keys, cancel));
        foreach (var key in keys)
        {
            await rows.Update(db, table, key, new JsonObject { [column] = to }, cancel);
        }
    }

    private Task Note(IEntityType type, Func<Journal, Task> note) => db.Journal is { } journal && !Shapes.IsJournal(type) ? note(journal) : Task.CompletedTask;
}
