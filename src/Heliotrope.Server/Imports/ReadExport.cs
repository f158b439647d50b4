using System.Globalization;
using Heliotrope.Core.Imports;

namespace Heliotrope.Server.Imports;

/// <summary>
/// Reads the JSON exports of other desks in two passes: first organisations, teams and people, from whichever file they stand in, then
/// the conversations that name them.
/// </summary>
internal sealed class ReadExport(ImportFiles files, TimeProvider time)
{
    public IEnumerable<Piece> Read(Import import, Place from)
    {
        var list = import.FileList;
        var total = Math.Max(1, list.Sum(file => file.Size));
        var now = time.GetUtcNow();
        for (var pass = from.Pass; pass < 2; pass++)
        {
            for (var file = pass == from.Pass ? from.File : 0; file < list.Count; file++)
            {
                var kind = KindOf(list[file].Name);
                if (pass == 0 ? kind is "tickets" : kind is not ("tickets" or ""))
                {
                    continue;
                }

                var after = (pass, file) == (from.Pass, from.File) ? from.Position : 0;
                using var stream = files.Open(import.Id, list[file]);
                foreach (var piece in JsonObjects.Read(stream, after))
                {
                    if (Take(import, piece, pass, file, kind, list[file].Name, now) is { } taken)
                    {
                        yield return taken with { Done = (int)Math.Min(999, ((pass * total) + list.Take(file).Sum(earlier => earlier.Size) + piece.End) * 1000 / (total * 2)) }; // two passes count twice
                    }
                }
            }
        }
    }

    /// <summary>What a file holds, told from its name as the exports give it; empty when it may be anything.</summary>
    private static string KindOf(string name)
    {
        var plain = Path.GetFileNameWithoutExtension(name).TrimEnd("0123456789-_. ()".ToCharArray()).ToLowerInvariant();
        return plain switch
        {
            "tickets" or "archived_tickets" or "archivedtickets" => "tickets",
            "users" or "contacts" => "users",
            "agents" or "groups" or "companies" or "customers" => plain,
            "organizations" or "organisations" => "organizations",
            _ => "",
        };
    }

    private static Piece? Take(Import import, JsonPiece piece, int pass, int file, string kind, string name, DateTimeOffset now)
    {
        var isAnything = kind.Length == 0;
        var where = string.Create(CultureInfo.InvariantCulture, $"{name}:{piece.Number}");
        var next = new Place(pass, file, piece.End);
        if (piece.Object is not { } json)
        {
            // What cannot be read is told once, in the pass that looks at the file last.
            return pass == 0 && isAnything ? null : new(where, next, Mapped.Out(piece.Problem!, ""));
        }

        var listed = piece.Kind.Length > 0 ? piece.Kind : kind;
        var mapped = import.Source is ImportSource.Zendesk ? ZendeskMap.Read(json, listed, now) : FreshdeskMap.Read(json, listed, now);
        var isConversation = mapped.Thing is ForeignConversation;
        var isOfThisPass = mapped.Thing is null ? pass == 1 || !isAnything : isConversation == (pass == 1);
        return isOfThisPass ? new(where, next, mapped) { Account = import.Source is ImportSource.Zendesk ? ZendeskMap.AccountOf(json) : "" } : null;
    }
}
