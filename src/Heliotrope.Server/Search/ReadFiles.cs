using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Search;

/// <summary>Reads the text of files that came or went, the newest first, so that it is found. Names are found at once.</summary>
internal sealed class ReadFiles(Store store, GetAttachment attachments, ILogger<ReadFiles> log) : Worker(TimeSpan.FromSeconds(15), "The text of files could not be read", log)
{
    /// <summary>Files are read outside of the write, and small batches let others write in between.</summary>
    private const int MostAtOnce = 20;

    private sealed record Unread(long Id, long Entry, int Part, string Name, string Type);

    protected override async Task<TimeSpan> Look(CancellationToken cancel)
    {
        while (await ReadSome(cancel) == MostAtOnce)
        {
            // Until none is left.
        }

        return Every;
    }

    public async Task<int> ReadSome(CancellationToken cancel)
    {
        var unread = await store.Read(db => (
            from t in db.AttachmentTexts
            where !t.Done
            join a in db.Attachments on t.AttachmentId equals a.Id
            orderby t.AttachmentId descending
            select new Unread(a.Id, a.EntryId, a.Part, a.Name, a.Type)).Take(MostAtOnce).ToListAsync(cancel));
        var texts = new List<(long Id, string Text)>();
        foreach (var mail in unread.GroupBy(file => file.Entry))
        {
            texts.AddRange(await Texts(mail, cancel));
        }

        foreach (var (id, text) in texts)
        {
            await store.Write(db => db.AttachmentTexts.Where(t => t.AttachmentId == id).ExecuteUpdateAsync(set => set.SetProperty(t => t.Text, text).SetProperty(t => t.Done, true), cancel), cancel);
        }

        return unread.Count;
    }

    /// <summary>A mail that cannot be read any more must not stop the others, nor be tried for ever: its files are found by their names.</summary>
    private async Task<IReadOnlyList<(long Id, string Text)>> Texts(IGrouping<long, Unread> mail, CancellationToken cancel)
    {
        try
        {
            var message = await attachments.Message(mail.Key, cancel);
            return [.. mail.Select(file => (file.Id, message?.Attachments.FirstOrDefault(a => a.Index == file.Part) is { } part ? FileWords.Of(file.Name, file.Type, part.Content()) : ""))];
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            log.LogWarning(e, "The files of entry {Entry} could not be read", mail.Key);
            return [.. mail.Select(file => (file.Id, ""))];
        }
    }
}
