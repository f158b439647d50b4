using System.Text.Json.Nodes;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Heliotrope.Server.Undo;

/// <summary>
/// Notes, while something is done, what every row held before: of a changed row those columns that change, of a removed one all of
/// them. What was done is read from the database at the end, so that it is exactly what lies there.
/// </summary>
internal sealed class Journal(IRows rows)
{
    private readonly Dictionary<RowName, Noted> _noted = [];
    private readonly List<EntityEntry> _adding = [];

    /// <summary>Everything that was changed so far, in the order in which it was.</summary>
    public IEnumerable<(RowName Row, Noted Noted)> Noted => _noted.Select(n => (n.Key, n.Value));

    public async Task BeforeSave(HeliotropeDb db, CancellationToken cancel)
    {
        var entries = db.ChangeTracker.Entries().Where(e => e.Entity is not INotUndone).ToList();
        _adding.AddRange(entries.Where(e => e.State is EntityState.Added));
        foreach (var same in entries.Where(e => e.State is EntityState.Deleted).GroupBy(e => e.Metadata))
        {
            await Remove(db, same.Key, [.. same.Select(KeyOf)], cancel);
        }

        var changing = entries.Where(e => e.State is EntityState.Modified)
            .Select(e => (Entry: e, Columns: Shapes.Columns(e.Properties.Where(p => p.IsModified).Select(p => p.Metadata))))
            .Where(e => e.Columns.Length > 0);
        foreach (var alike in changing.GroupBy(e => (e.Entry.Metadata, Columns: string.Join(' ', e.Columns))))
        {
            await Change(db, alike.Key.Metadata, alike.First().Columns, [.. alike.Select(e => KeyOf(e.Entry))], cancel);
        }
    }

    /// <summary>The database has given new rows their keys.</summary>
    public void AfterSave()
    {
        foreach (var entry in _adding)
        {
            Added(entry.Metadata, KeyOf(entry));
        }

        _adding.Clear();
    }

    /// <summary>These columns of these rows are about to be changed past the tracker.</summary>
    public Task Changing(HeliotropeDb db, IEntityType type, string[] columns, IReadOnlyCollection<object[]> keys, CancellationToken cancel) => Change(db, type, columns, keys, cancel);

    /// <summary>These rows are about to be removed past the tracker.</summary>
    public Task Removing(HeliotropeDb db, IEntityType type, IReadOnlyCollection<object[]> keys, CancellationToken cancel) => Remove(db, type, keys, cancel);

    /// <summary>This row has been added past the tracker.</summary>
    public void Adding(IEntityType type, object[] key) => Added(type, key);

    private void Added(IEntityType type, object[] key)
    {
        var name = new RowName(type.GetTableName()!, Shapes.Text(key));

        // What was removed before and comes again was only changed.
        _noted[name] = _noted.TryGetValue(name, out var removed) && removed.Before is { } before ? new(type, before) : new(type, null);
    }

    private static object[] KeyOf(EntityEntry entry) => [.. entry.Metadata.FindPrimaryKey()!.Properties.Select(p => Stored(p, entry.Property(p).CurrentValue!))];

    private static object Stored(IProperty property, object value) => property.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider(value)! : value;

    private async Task Change(HeliotropeDb db, IEntityType type, string[] columns, IReadOnlyCollection<object[]> keys, CancellationToken cancel)
    {
        var table = Shapes.Of(type);
        foreach (var row in await rows.Read(db, table, columns, table.Key, keys, cancel))
        {
            var name = new RowName(table.Name, Shapes.Text(Shapes.KeyOf(table, row)));
            if (!_noted.TryGetValue(name, out var noted))
            {
                _noted[name] = noted = new(type, []);
            }

            foreach (var column in columns)
            {
                noted.Keep(column, row[column]);
            }
        }
    }

    /// <summary>With a row go those that the database removes with it, and those that name it lose the name.</summary>
    private async Task Remove(HeliotropeDb db, IEntityType type, IReadOnlyCollection<object[]> keys, CancellationToken cancel)
    {
        var table = Shapes.Of(type);
        foreach (var row in await rows.Read(db, table, null, table.Key, keys, cancel))
        {
            var name = new RowName(table.Name, Shapes.Text(Shapes.KeyOf(table, row)));
            if (_noted.TryGetValue(name, out var noted) && noted.Before is null)
            {
                _noted.Remove(name); // it had been added before
                continue;
            }

            if (noted is { IsRemoved: true })
            {
                continue;
            }

            _noted[name] = noted ??= new(type, []);
            foreach (var (column, value) in row)
            {
                noted.Keep(column, value);
            }

            noted.IsRemoved = true;
        }

        foreach (var foreign in type.GetReferencingForeignKeys().Where(f => !Shapes.IsJournal(f.DeclaringEntityType)))
        {
            var (dependent, columns) = (foreign.DeclaringEntityType, Shapes.Columns(foreign.Properties));
            var named = await rows.Read(db, Shapes.Of(dependent), [], columns, keys, cancel);
            var hanging = named.ConvertAll(row => Shapes.KeyOf(Shapes.Of(dependent), row));
            if (hanging.Count > 0 && foreign.DeleteBehavior is DeleteBehavior.Cascade)
            {
                await Remove(db, dependent, hanging, cancel);
            }
            else if (hanging.Count > 0 && foreign.DeleteBehavior is DeleteBehavior.SetNull)
            {
                await Change(db, dependent, columns, hanging, cancel);
            }
        }
    }
}

/// <summary>What is known of one row while it is changed.</summary>
internal sealed class Noted(IEntityType type, JsonObject? before)
{
    public IEntityType Type => type;

    /// <summary>What it held, of the columns that changed; null when it was not there.</summary>
    public JsonObject? Before => before;

    public bool IsRemoved { get; set; }

    /// <summary>The first value is the one from before: later ones were made on the way.</summary>
    public void Keep(string column, JsonNode? value)
    {
        if (before is not null && !before.ContainsKey(column))
        {
            before[column] = value?.DeepClone();
        }
    }
}
