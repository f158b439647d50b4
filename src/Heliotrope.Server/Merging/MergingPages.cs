using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Merging;

/// <summary>The pages on which conversations are merged, split and moved.</summary>
internal sealed class MergingPages(Store store, PreviewMerge preview, Pages pages)
{
    private const int MostChoices = 30;
    private const int MostEntries = 200;
    private const int FirstWords = 140;

    public async Task<IResult> Merge(HttpContext http, long number, IReadOnlyList<long> also, string? into, Refusal? refused = null)
    {
        if (!http.Actor().MayWork)
        {
            return Pages.Refused(Refusal.NotAllowed);
        }

        var selected = also.Append(number).ToList();
        var rows = await store.Read(http.Actor(), async db =>
        {
            var customer = db.Conversations.Where(c => c.Number == number).Select(c => c.CustomerId);
            return await ListConversations.Project(db, db.Conversations.WithoutSpam().Where(c => selected.Contains(c.Number) || customer.Contains(c.CustomerId))
                .OrderByDescending(c => c.LastActivityAt).ThenByDescending(c => c.Number)).Take(MostChoices + selected.Count).ToListAsync();
        });
        if (rows.Find(r => r.Number == number) is not { } own)
        {
            return Pages.Refused(Refusal.NoConversation(number));
        }

        MergePreview? would = null;
        var target = Number(into);
        if (refused is null && !string.IsNullOrWhiteSpace(into))
        {
            var result = await preview.Run(http.Actor(), Parts(number, also, target ?? 0), target ?? 0, http.RequestAborted);
            (would, refused) = result.Match<(MergePreview?, Refusal?)>(p => (p, null), no => (null, no));
        }

        var form = refused is null ? FormState.Fresh : Pages.Again(refused with { Field = "into" }, ("into", into));
        var choices = rows.FindAll(r => also.Count > 0 ? selected.Contains(r.Number) : r.Number != number);
        return Pages.Form<MergePage>(new { Viewer = pages.Viewer(http), View = new MergeView(number, Called(own), also, choices, target, would, form) }, refused is not null);
    }

    /// <summary>What becomes part of another one: of those selected all but it.</summary>
    public static IReadOnlyList<long> Parts(long number, IReadOnlyList<long> also, long into) => also.Count == 0 ? [number] : [.. also.Prepend(number).Distinct().Where(each => each != into)];

    public async Task<IResult> Split(HttpContext http, long number, IReadOnlyCollection<long> chosen, long? from, FormState form)
    {
        if (!http.Actor().MayWork)
        {
            return Pages.Refused(Refusal.NotAllowed);
        }

        var view = await store.Read<SplitView?>(http.Actor(), async db =>
        {
            if (await ListConversations.Project(db, db.Conversations.Where(c => c.Number == number)).FirstOrDefaultAsync() is not { } row)
            {
                return null;
            }

            var first = await db.Entries.Where(e => e.Id == from && e.ConversationNumber == number).Select(e => (DateTimeOffset?)e.At).FirstOrDefaultAsync();
            var entries = await db.Entries.Where(e => e.ConversationNumber == number && e.Kind != EntryKind.Event)
                .OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(MostEntries + 1)
                .Select(e => new { e.Id, Note = e.Kind == EntryKind.Note, e.FromName, e.At, Text = e.Text.Substring(0, FirstWords) })
                .ToListAsync();
            return new(
                number, Called(row),
                [.. entries.Take(MostEntries).Select(e => new SplitEntry(e.Id, e.Note, e.FromName, e.At, e.Text, chosen.Contains(e.Id) || e.At > first || e.Id == from))],
                entries.Count > MostEntries, form);
        });
        return view is null ? Pages.Refused(Refusal.NoConversation(number)) : Pages.Form<SplitPage>(new { Viewer = pages.Viewer(http), View = view }, form != FormState.Fresh);
    }

    public async Task<IResult> Customer(HttpContext http, long number, FormState form)
    {
        if (!http.Actor().MayWork)
        {
            return Pages.Refused(Refusal.NotAllowed);
        }

        return await store.Read(http.Actor(), db => ListConversations.Project(db, db.Conversations.Where(c => c.Number == number)).FirstOrDefaultAsync()) is not { } row
            ? Pages.Refused(Refusal.NoConversation(number))
            : Pages.Form<CustomerMovePage>(new { Viewer = pages.Viewer(http), Row = row, Form = form }, form != FormState.Fresh);
    }

    /// <summary>A number as people write it, with or without its sign.</summary>
    public static long? Number(string? text) =>
        long.TryParse(text?.Trim().TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Called(ConversationRow row) => string.Create(CultureInfo.InvariantCulture, $"#{row.Number} {row.Subject}").Trim();
}
