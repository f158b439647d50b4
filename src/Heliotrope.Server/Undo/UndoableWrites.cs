using System.Text.Json.Nodes;
using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Undo;

/// <summary>What became of something that can be taken back.</summary>
/// <param name="Refusal">Why it was not done; null when it was.</param>
/// <param name="Undo">The token that takes it back; null when it changed nothing.</param>
/// <param name="What">What was done, as the end of its words' key.</param>
/// <param name="About">About what, to be put into those words.</param>
internal readonly record struct Done(Refusal? Refusal, string? Undo, string What, string About) : IMayRefuse
{
    public static implicit operator Done(Refusal refusal) => new(refusal, null, "", "");
}

/// <summary>Does something so that it can be taken back exactly (docs/decisions/0024).</summary>
internal static class UndoableWrites
{
    /// <param name="store">Where it is done.</param>
    /// <param name="actor">Who does it; nobody else can take it back.</param>
    /// <param name="what">What it is, as the end of the key <c>done.…</c> of its words.</param>
    /// <param name="write">Does it, as for <see cref="Store.Write{T}(Actor, Func{HeliotropeDb, Task{T}}, CancellationToken)"/>. What it changes past the tracker fails.</param>
    /// <param name="cancel">Given up.</param>
    /// <param name="about">What to put into those words, such as a name or a number.</param>
    public static Task<Done> Undoable(this Store store, Actor actor, string what, Func<HeliotropeDb, Task<Refusal?>> write, CancellationToken cancel, string about = "") =>
        store.Write<Done>(
            actor,
            async db =>
            {
                // A history that is played in acts for people who are not there to take anything back.
                if (await Replaying.IsOn(db, store.Now))
                {
                    return new(await write(db), null, what, about);
                }

                db.Journal = new Journal(store.Engine.Rows);
                if (await write(db) is { } refusal)
                {
                    return new(refusal, null, what, about);
                }

                await db.SaveChangesAsync(cancel);
                await store.SetOff(db, cancel); // what rules do because of it is taken back with it
                var token = Tokens.New();
                if (await Keep(store, db, actor, what, about, token, cancel) is null)
                {
                    return new(null, null, what, about);
                }

                db.Audit.Add(AuditLine.Of(actor, "change." + what, about, store.Now));
                return new(null, token, what, about);
            },
            cancel);

    /// <summary>Keeps what has been noted in a transaction of the caller's since it began to note, so that it can be taken back, and notes no more.</summary>
    /// <returns>What can be taken back; null when nothing was changed.</returns>
    public static async Task<UndoStep?> Keep(Store store, HeliotropeDb db, Actor actor, string what, string about, string token, CancellationToken cancel)
    {
        var rows = await Rows(db, store.Engine.Rows, cancel);
        db.Journal = null;
        if (rows.Count == 0)
        {
            return null;
        }

        var step = db.UndoSteps.Add(new()
        {
            TokenHash = Tokens.Hash(token),
            ActorKind = actor.Kind,
            ActorId = actor.Id,
            Role = actor.Role ?? Role.Light,
            What = what,
            About = about,
            Rows = rows.Count,
            At = store.Now,
        }).Entity;
        await db.SaveChangesAsync(cancel);
        rows.ForEach(row => row.StepId = step.Id);
        db.UndoRows.AddRange(rows);
        return step;
    }

    private static async Task<List<UndoRow>> Rows(HeliotropeDb db, IRows rows, CancellationToken cancel)
    {
        var made = new List<UndoRow>();
        foreach (var alike in db.Journal!.Noted.GroupBy(n => (n.Noted.Type, Columns: n.Noted.Before is null || n.Noted.IsRemoved ? null : string.Join(' ', n.Noted.Before.Select(c => c.Key)))))
        {
            var table = Shapes.Of(alike.Key.Type);
            var left = await rows.Read(db, table, alike.Key.Columns?.Split(' '), table.Key, [.. alike.Select(n => Shapes.Read(n.Row.Key))], cancel);
            var found = left.ToDictionary(row => Shapes.Text(Shapes.KeyOf(table, row)));
            made.AddRange(alike.Select(n => Row(n.Noted, n.Row, table, found.GetValueOrDefault(n.Row.Key))).OfType<UndoRow>());
        }

        var numbers = made.Select(row => row.ConversationNumber).OfType<long>().ToHashSet();
        var customers = made.Select(row => row.CustomerId).OfType<long>().ToHashSet();
        numbers = await db.Conversations.IgnoreQueryFilters().Where(c => numbers.Contains(c.Number)).Select(c => c.Number).ToHashSetAsync(cancel);
        customers = await db.Customers.IgnoreQueryFilters().Where(c => customers.Contains(c.Id)).Select(c => c.Id).ToHashSetAsync(cancel);
        foreach (var row in made)
        {
            row.ConversationNumber = row.ConversationNumber is { } number && numbers.Contains(number) ? number : null;
            row.CustomerId = row.CustomerId is { } id && customers.Contains(id) ? id : null;
        }

        return made;
    }

    private static UndoRow? Row(Noted noted, RowName name, TableShape table, JsonObject? after)
    {
        var before = noted.Before;
        if (before is not null && after is not null)
        {
            // A key that comes along tells nothing new, and a column that was set to what it held has not changed.
            foreach (var column in after.Select(c => c.Key).ToList())
            {
                if (!before.ContainsKey(column) || JsonNode.DeepEquals(before[column], after[column]))
                {
                    before.Remove(column);
                    after.Remove(column);
                }
            }
        }

        return before is { Count: 0 } || (before is null && after is null) ? null : new()
        {
            InTable = name.Table,
            Key = name.Key,
            Before = before?.ToJsonString(),
            After = after?.ToJsonString(),
            ConversationNumber = Of<Conversation>(noted, name, after ?? before!),
            CustomerId = Of<Customer>(noted, name, after ?? before!),
        };
    }

    /// <summary>The conversation or customer that a row is, or hangs on.</summary>
    private static long? Of<T>(Noted noted, RowName name, JsonObject row) =>
        noted.Type.ClrType == typeof(T) ? (long)Shapes.Read(name.Key)[0]
        : noted.Type.GetForeignKeys().FirstOrDefault(f => f.PrincipalEntityType.ClrType == typeof(T)) is { } foreign
            && row.TryGetPropertyValue(foreign.Properties[0].GetColumnName(), out var value) && value is not null ? value.GetValue<long>()
        : null;
}
