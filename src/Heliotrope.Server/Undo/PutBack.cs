using System.Text.Json.Nodes;
using Heliotrope.Core;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Heliotrope.Server.Undo;

/// <summary>Puts the rows of one step back as they were, if all of them still are as it left them.</summary>
internal sealed class PutBack(HeliotropeDb db, IRows rows, IReadOnlyList<UndoRow> noted, CancellationToken cancel)
{
    public static readonly Refusal Changed = new(RefusalKind.Conflict, "undo.changed", "Something has changed since, so this cannot be taken back.");

    private static readonly Refusal Left = new(RefusalKind.Conflict, "undo.left", "A mail of it has left already, so this cannot be taken back.");

    private const int MostAtOnce = 200;

    private readonly List<Piece> _pieces = [.. noted.Select(row => new Piece(row, Shapes.TypeOf(db, row.InTable)))];

    private sealed record Piece(UndoRow Row, IEntityType Type)
    {
        public TableShape Table { get; } = Shapes.Of(Type);

        public object[] Key { get; } = Shapes.Read(Row.Key);

        public JsonObject? Before { get; } = Parse(Row.Before);

        public JsonObject? After { get; } = Parse(Row.After);

        public bool WasAdded => Row.Before is null;

        public bool IsFleeting => typeof(IFleeting).IsAssignableFrom(Type.ClrType);

        private static JsonObject? Parse(string? json) => json is null ? null : JsonNode.Parse(json)!.AsObject();
    }

    public async Task<Refusal?> All()
    {
        if (await Differs() is { } refusal)
        {
            return refusal;
        }

        // A new row may stand in the place of one that comes back; one that others still name goes when they name it no more.
        var named = await DeleteAdded([.. _pieces.Where(p => p.WasAdded)]);
        foreach (var piece in _pieces.Where(p => p.After is null).OrderBy(p => Shapes.Depth(p.Type)).ThenBy(p => p.Row.Id))
        {
            if (!piece.IsFleeting || (await rows.Read(db, piece.Table, [], piece.Table.Key, [piece.Key], cancel)).Count == 0)
            {
                await rows.Insert(db, piece.Table, piece.Before!, cancel);
            }
        }

        foreach (var piece in _pieces.Where(p => p is { Before: not null, After: not null }))
        {
            await rows.Update(db, piece.Table, piece.Key, piece.Before!, cancel);
        }

        // Whoever still names one came later: they would go with it, or lose it.
        return (await DeleteAdded(named)).Count > 0 ? Changed : null;
    }

    /// <summary>Takes out what was added, unless another row names it.</summary>
    /// <returns>What others name.</returns>
    private async Task<List<Piece>> DeleteAdded(List<Piece> added)
    {
        var kept = new List<Piece>();
        foreach (var alike in added.GroupBy(p => p.Type).OrderByDescending(g => Shapes.Depth(g.Key)))
        {
            // The newest first: of rows that name rows of their own table these name the older ones.
            foreach (var some in alike.OrderByDescending(p => p.Row.Id).Chunk(MostAtOnce))
            {
                var named = await Named(alike.Key, some);
                foreach (var piece in some)
                {
                    if (named.Contains(piece.Row.Key))
                    {
                        kept.Add(piece);
                    }
                    else
                    {
                        await rows.Delete(db, piece.Table, piece.Key, cancel);
                    }
                }
            }
        }

        return kept;
    }

    private async Task<Refusal?> Differs()
    {
        foreach (var alike in _pieces.Where(p => !p.IsFleeting).GroupBy(p => (p.Type, Columns: p.WasAdded || p.After is null ? null : string.Join(' ', p.After.Select(c => c.Key)))))
        {
            var table = Shapes.Of(alike.Key.Type);
            var found = (await rows.Read(db, table, alike.Key.Columns?.Split(' '), table.Key, [.. alike.Select(p => p.Key)], cancel))
                .ToDictionary(row => Shapes.Text(Shapes.KeyOf(table, row)));
            if (alike.Any(p => !IsAsLeft(p, found.GetValueOrDefault(p.Row.Key))))
            {
                return typeof(Outbox.OutboxMail) == alike.Key.Type.ClrType ? Left : Changed;
            }
        }

        return null;
    }

    private static bool IsAsLeft(Piece piece, JsonObject? now) => piece.After is null
        ? now is null
        : now is not null && piece.After.All(column => now.TryGetPropertyValue(column.Key, out var value) && JsonNode.DeepEquals(value, column.Value));

    /// <summary>The keys of those that other rows name.</summary>
    private async Task<HashSet<string>> Named(IEntityType type, IReadOnlyList<Piece> pieces)
    {
        var named = new HashSet<string>();
        foreach (var foreign in type.GetReferencingForeignKeys().Where(f => !Shapes.IsJournal(f.DeclaringEntityType)))
        {
            var columns = Shapes.Columns(foreign.Properties);
            var naming = await rows.Read(db, Shapes.Of(foreign.DeclaringEntityType), columns, columns, [.. pieces.Select(p => p.Key)], cancel);
            named.UnionWith(naming.Select(row => Shapes.Text(Shapes.Values(row, columns))));
        }

        return named;
    }
}
