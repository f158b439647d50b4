using Heliotrope.Core.Customers;
using Heliotrope.Core.Imports;
using Heliotrope.Core.Reading;
using Heliotrope.Server.Channels;
using Heliotrope.Server.Database;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Imports;

/// <summary>Some pieces that are taken in together, with all the work done that needs no database.</summary>
/// <param name="Pieces">The pieces, in order.</param>
/// <param name="Threads">The mails of those that are conversations of a mailbox.</param>
/// <param name="Words">The words of those that are conversations of another desk.</param>
/// <param name="Next">Where it goes on afterwards.</param>
internal sealed record ImportBatch(IReadOnlyList<Piece> Pieces, IReadOnlyList<IReadOnlyList<ThreadMail>> Threads, IReadOnlyDictionary<ForeignMessage, SpokenWords> Words, Place Next)
{
    /// <summary>Each piece by itself.</summary>
    public IEnumerable<ImportBatch> Parts()
    {
        var thread = 0;
        foreach (var piece in Pieces)
        {
            yield return this with { Pieces = [piece], Threads = piece.Mails is null ? [] : [Threads[thread++]], Next = piece.Next };
        }
    }
}

/// <summary>Reads the files of an import in small batches. Nothing here touches what is at the desk.</summary>
internal sealed class ImportReader(Store store, ImportFiles files, ReadExport exports, ReadTable tables, ReadMailbox mailboxes, RawMailStore rawMail)
{
    /// <summary>Small enough that a reply at the desk never waits long for its turn.</summary>
    private const int MostPieces = 40;

    /// <summary>In messages.</summary>
    private const int MostWeight = 120;

    public async Task<IEnumerable<ImportBatch>> Read(Import import, Place from, LearnedWords? words)
    {
        var pieces = import.Source switch
        {
            ImportSource.Zendesk or ImportSource.Freshdesk => exports.Read(import, from),
            ImportSource.Csv => tables.Read(import, from),
            ImportSource.Mbox => mailboxes.Read(import, from, await Ours()),
            null => [],
        };
        return Batches(import, pieces, words);
    }

    private IEnumerable<ImportBatch> Batches(Import import, IEnumerable<Piece> pieces, LearnedWords? words)
    {
        var (together, weight) = (new List<Piece>(), 0);
        foreach (var piece in pieces)
        {
            // People first, and conversations after them: never in one batch.
            if (together.Count > 0 && (together.Count >= MostPieces || weight + piece.Weight > MostWeight || together[^1].Next.Pass != piece.Next.Pass))
            {
                yield return Batch(import, together, words);
                (together, weight) = ([], 0);
            }

            together.Add(piece);
            weight += piece.Weight;
        }

        if (together.Count > 0)
        {
            yield return Batch(import, together, words);
        }
    }

    private ImportBatch Batch(Import import, List<Piece> pieces, LearnedWords? words)
    {
        var list = import.FileList;
        var spoken = new Dictionary<ForeignMessage, SpokenWords>(ReferenceEqualityComparer.Instance);
        foreach (var message in pieces.SelectMany(piece => (piece.Mapped?.Thing as ForeignConversation)?.Messages ?? []))
        {
            spoken[message] = SpokenWords.Of(message, words);
        }

        return new(pieces, [.. pieces.Where(piece => piece.Mails is not null).Select(piece => piece.Mails!.Select(mail => Prepare(import.Id, list, mail, words)).ToList())], spoken, pieces[^1].Next);
    }

    private ThreadMail Prepare(long import, IReadOnlyList<ImportFile> list, FoundMail found, LearnedWords? words)
    {
        var where = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{list[found.File].Name}:{found.Number}");
        using var stream = files.Open(import, list[found.File]);
        var incoming = new IncomingMail(MboxReader.Read(stream, found), "", [], "import");
        PreparedMail mail;
        try
        {
            mail = PreparedMail.Of(incoming, found.At);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A defect of ours must not end an import at the one mail that shows it.
            return new(PreparedMail.Unread(incoming, found.At, e.Message), found.At, found.Ours, where, null);
        }

        if (words is not null)
        {
            rawMail.Keep(mail.Raw, incoming.Raw);
        }

        return new(mail, found.At, found.Ours, where, found.Ours || mail.ByMachine ? null : words?.Read(mail.NewWords));
    }

    /// <summary>The addresses that we write from: those that customers write to, and those of colleagues.</summary>
    private Task<HashSet<string>> Ours() => store.Read(async db =>
    {
        var ours = (await Organisation.Of(db)).Addresses.ToHashSet(StringComparer.Ordinal);
        foreach (var email in await db.Users.Where(u => u.Email != null && !u.Demo).Select(u => u.Email!).ToListAsync())
        {
            if (EmailAddress.TryParse(email, out var address))
            {
                ours.Add(address.Value);
            }
        }

        return ours;
    });
}
