using System.Globalization;
using Heliotrope.Core.Conversations;
using Heliotrope.Mail.Html;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Conversations;

/// <summary>Entries as the page shows them, with their words.</summary>
internal static class EntryViews
{
    public static EntryView Of(EntryDetails entry, Viewer viewer)
    {
        var inbound = entry.Direction is Direction.In;
        return new(
            entry.Id,
            entry.Kind,
            inbound,
            entry.From.Name,
            entry.From.UserId?.ToString(CultureInfo.InvariantCulture) == viewer.Id,
            entry.At,
            entry.Kind is EntryKind.Event ? Sentence(entry, viewer) : entry.Text,
            entry.Kind is EntryKind.Note ? Markdown.ToHtml(entry.Text, entry.Mentions.DistinctBy(person => person.Name).ToDictionary(person => person.Name, person => $"/people#person-{person.Id}", StringComparer.OrdinalIgnoreCase)) : inbound ? null : entry.Html,
            entry.Quoted.Length > 0 ? entry.Quoted : null,
            inbound && entry.Html is not null,
            [.. entry.Attachments.Select(a => new AttachmentView(a.Id, a.Name, a.Type, a.Size, IsPicture(a, inbound)))],
            entry.Delivery is { } d ? DeliveryOf(d) : null,
            entry.Author is Author.Machine,
            entry.Author is Author.SomebodyElse ? [Words.T("entry.somebody-else", entry.From.Address is { Length: > 0 } address ? address : entry.From.Name)] : [],
            entry.DueAt,
            entry.Cc,
            entry.Bcc,
            [.. entry.Copies.Where(copy => IsNews(copy, entry.Delivery)).Select(copy => new CopyView(copy.To, DeliveryOf(copy)))],
            inbound && entry.Html is { } html && RemotePictures.Any(html))
        {
            ForwardedTo = entry.ForwardedTo,
            Proof = entry.Proof,
            ProofDetail = entry.ProofDetail,
            FromAddress = entry.Direction is Direction.In ? entry.From.Address ?? "" : "",
            IsReply = entry is { Kind: EntryKind.Message, Direction: Direction.Out, From.UserId: not null, RuleId: null, ForwardedTo: "", Text: not "" },
            FromElsewhere = entry is { Author: Author.SomebodyElse, Direction: Direction.In } ? entry.From.Address ?? "" : "",
            Href = entry is { Text: "rule", RuleId: { } rule } ? string.Create(CultureInfo.InvariantCulture, $"/rules/{rule}")
                : OtherOf(entry) is { } other ? string.Create(CultureInfo.InvariantCulture, $"/conversations/{other}")
                : null,
        };
    }

    /// <summary>The conversation that a part went to or came from; what was merged in is here already.</summary>
    private static long? OtherOf(EntryDetails entry) =>
        entry is { Kind: EntryKind.Event, Text: "split-off" or "split-from" or "moved-out" or "moved-in", Detail: ['#', .. var rest] }
        && long.TryParse(rest.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A picture of ours with an id is among our words; one of theirs is in their HTML, which is folded away.</summary>
    private static bool IsPicture(AttachmentRef file, bool inbound) =>
        file.Type is "image/png" or "image/jpeg" or "image/gif" or "image/webp" && (inbound || file.ContentId is null);

    /// <summary>A copy that shares the fate of the customer's mail needs no line of its own.</summary>
    private static bool IsNews(DeliveryRef copy, DeliveryRef? customers) =>
        StateOf(copy.State, copy.Doubts) is var state && (state is DeliveryState.Failed or DeliveryState.InDoubt
            || (state is not DeliveryState.Sent && customers is { } main && StateOf(main.State, main.Doubts) != state));

    public static DeliveryView DeliveryOf(DeliveryRef d) => new(
        d.Id, StateOf(d.State, d.Doubts), d.Attempts, d.SentAt, d.NextTryAt, d.Problem.Length > 0 ? d.Problem : null);

    /// <summary>Whatever may have arrived twice is shown as that, also when it has been sent.</summary>
    public static DeliveryState StateOf(OutboxState state, int doubts) => state switch
    {
        OutboxState.Sent or OutboxState.Waiting when doubts > 0 => DeliveryState.InDoubt,
        OutboxState.Waiting => DeliveryState.Waiting,
        OutboxState.Sending => DeliveryState.Sending,
        OutboxState.Sent => DeliveryState.Sent,
        OutboxState.Failed => DeliveryState.Failed,
        OutboxState.Kept => DeliveryState.Kept,
        OutboxState.Replayed => DeliveryState.Replayed,
        OutboxState.Withdrawn => DeliveryState.Withdrawn,
    };

    private static string Sentence(EntryDetails entry, Viewer viewer)
    {
        if (entry.Text is "snoozed" && DateTimeOffset.TryParse(entry.Detail, CultureInfo.InvariantCulture, out var until))
        {
            return Words.T("event.snoozed", entry.From.Name, When.Future(until, viewer.Now, viewer.Zone));
        }

        if (entry.Text is "given" && entry.Detail.Split(Conversation.GivenBecause) is [var name, var because])
        {
            return Words.T("event.given", name, string.Join(", ", because.Split(',').Select(reason => Words.T("given." + reason))));
        }

        var customers = entry.Text is "confirmed" or "not-resolved" or "not-again";
        if (entry.Text is "assigned" && entry.From.Name == entry.Detail)
        {
            return Words.T("event.taken", entry.Detail);
        }

        var detail = entry.Text is "merged" ? entry.Detail.Split(Conversation.GivenBecause)[0] : entry.Detail;
        return Words.T("event." + entry.Text + (customers && entry.Detail.Length > 0 ? ".words" : ""), entry.From.Name, detail);
    }
}
