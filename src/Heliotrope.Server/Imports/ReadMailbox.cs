using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Heliotrope.Core.Customers;
using Heliotrope.Core.Imports;
using Heliotrope.Server.Channels;

namespace Heliotrope.Server.Imports;

/// <summary>
/// Reads mailboxes: first the headers of all mails, to see which are one conversation; then one conversation after the other. Of each
/// mail a hundred bytes are held in memory, however large it is.
/// </summary>
internal sealed class ReadMailbox(ImportFiles files, TimeProvider time)
{
    /// <summary>A longer list of ancestors is no thread that anybody follows; the nearest stand first.</summary>
    private const int MostAncestors = 30;

    public IEnumerable<Piece> Read(Import import, Place from, IReadOnlySet<string> ours)
    {
        var list = import.FileList;
        var (mails, heads) = (new List<FoundMail>(), new List<MailHead>());
        for (var file = 0; file < list.Count; file++)
        {
            foreach (var left in Look(import.Id, list[file], file, ours, mails, heads))
            {
                yield return left with { Next = from };
            }
        }

        var threads = MailThreads.Of(heads);
        for (var thread = (int)from.Position; thread < threads.Count; thread++)
        {
            List<FoundMail> together = [.. threads[thread].Select(i => mails[i])];
            var first = together[0];
            yield return new(string.Create(CultureInfo.InvariantCulture, $"{list[first.File].Name}:{first.Number}"), new(0, 0, thread + 1), null, together) { Done = (int)((thread + 1) * 1000L / threads.Count) };
        }
    }

    private IEnumerable<Piece> Look(long import, ImportFile file, int index, IReadOnlySet<string> ours, List<FoundMail> mails, List<MailHead> heads)
    {
        var now = time.GetUtcNow();
        var number = 0;
        using var search = files.Open(import, file);
        using var reading = files.Open(import, file);
        foreach (var span in MboxReader.Find(search))
        {
            number++;
            if (span.Length > MailLimit.Bytes)
            {
                yield return Out("too-long");
                continue;
            }

            var mail = MboxReader.Head(reading, span);
            if (MboxReader.ReceivedAt(mail, span, now) is not { } at)
            {
                yield return Out(mail.From is null && mail.MessageId is null ? "no-mail" : "no-date", mail.Subject);
                continue;
            }

            var author = EmailAddress.TryParse(mail.From?.Address, out var address) ? address : null;
            var isOurs = author is not null && (ours.Contains(author.Value) || ours.Contains(author.WithoutTag.Value));
            mails.Add(new(index, span.Start, (int)span.Length, span.Parted.Length > 0, number, at, isOurs));
            heads.Add(new(Short(mail.MessageId), Short(author?.Value), isOurs, at.UtcTicks, [.. mail.Ancestors.Take(MostAncestors).Select(Short)]));

            Piece Out(string why, string about = "") => new(string.Create(CultureInfo.InvariantCulture, $"{file.Name}:{number}"), Place.Start, Mapped.Out(why, about));
        }
    }

    /// <summary>A number that stands for a text.</summary>
    private static long Short(string? text) =>
        string.IsNullOrEmpty(text) ? 0 : BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
