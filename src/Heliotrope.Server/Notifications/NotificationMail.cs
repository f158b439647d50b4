using System.Globalization;
using System.Text;
using Heliotrope.Core.Notifications;
using Heliotrope.Mail.Reading;
using Heliotrope.Server.Channels;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Notifications;

/// <summary>
/// Writes a mail to a colleague: what they were told of and did not read, each with its reason, and how to switch each reason off.
/// It holds names, subjects and links, and no words of a conversation: a mailbox is not the desk.
/// </summary>
internal sealed class NotificationMail(PublicAddress address, Departure departure, SendByMachine send)
{
    public const string Kind = "notification";

    private static readonly TimeSpan OffLinksLast = TimeSpan.FromDays(90);

    private const int LongestLocalPart = 64; // RFC 5321 section 4.5.3.1.1

    public async Task Write(HeliotropeDb db, User to, IReadOnlyList<NotificationRow> rows, Organisation organisation, string language, DateTimeOffset now)
    {
        using var speaking = new Speaking(language);
        var reasons = rows.Select(row => row.Reason).Distinct().Order().ToList();
        var offs = reasons.ConvertAll(reason => (Label: BecauseWords.Label(reason), Url: OffLink(db, to.Id, [reason], now)));
        var all = reasons.Count == 1 ? offs[0].Url : OffLink(db, to.Id, reasons, now);
        var subject = rows.Count == 1 ? BecauseWords.Title(rows[0]) : Words.Count("notification.mail.subject", rows.Count);
        await Letter(db, to, Kind, subject, TextOf(rows, offs), MarkedOf(rows, offs), all, organisation, now);
    }

    /// <summary>A mail to a colleague that nobody writes.</summary>
    /// <param name="db">The database, in the transaction that sends it.</param>
    /// <param name="to">Whom.</param>
    /// <param name="kind">What kind of mail, for the outbox.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="text">The words.</param>
    /// <param name="marked">The same in Markdown.</param>
    /// <param name="off">Where it is switched off.</param>
    /// <param name="organisation">Who we are.</param>
    /// <param name="now">When (UTC).</param>
    public async Task Letter(HeliotropeDb db, User to, string kind, string subject, string text, string marked, string off, Organisation organisation, DateTimeOffset now)
    {
        var our = organisation.UsualAddress ?? $"support@{address.Url.IdnHost}";
        var (state, route) = await departure.Of(db, our);
        var back = route.TakesTags ? Signed(our, organisation.ReplySecret) : our;
        var headers = new Dictionary<string, string> { ["List-Unsubscribe"] = $"<{off}>" };
        if (kind == Kind && address.Url.Scheme == Uri.UriSchemeHttps)
        {
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"; // RFC 8058 asks for https
        }

        // What comes back must become nobody's conversation.
        await send.Add(
            db,
            new(kind, to.Id, our, new MailAddress(to.Name, to.Email!), subject, text) { Html = Markdown.ToHtml(marked), Back = back, Headers = headers },
            state, route.Mailbox, organisation, now);
    }

    /// <summary>Our own address with a tag that says: about a notification. Where it grows too long, its Message-ID alone says so.</summary>
    private static string Signed(string our, byte[] secret)
    {
        var signed = ReplyAddress.For(our, ReplyAddress.OfNotifications, secret);
        return signed.LastIndexOf('@') <= LongestLocalPart ? signed : our;
    }

    private string OffLink(HeliotropeDb db, long user, IReadOnlyList<Reason> reasons, DateTimeOffset now)
    {
        var token = Tokens.New();
        db.NotificationOffs.Add(new() { TokenHash = Tokens.Hash(token), UserId = user, Reasons = string.Join(' ', reasons.Select(BecauseWords.NameOf)), ExpiresAt = now + OffLinksLast });
        return address.For($"/notifications/off/{token}");
    }

    private string TextOf(IReadOnlyList<NotificationRow> rows, List<(string Label, string Url)> offs)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.Append(BecauseWords.Title(row)).Append('\n').Append(Because(row)).Append('\n').Append(LinkOf(row)).Append("\n\n");
        }

        text.Append("-- \n").Append(Words.T("notification.mail.foot")).Append('\n').Append(Words.T("notification.mail.settings", address.For("/me"))).Append('\n');
        foreach (var (label, url) in offs)
        {
            text.Append(Words.T("notification.mail.off", label)).Append(' ').Append(url).Append('\n');
        }

        return text.ToString();
    }

    private string MarkedOf(IReadOnlyList<NotificationRow> rows, List<(string Label, string Url)> offs)
    {
        var marked = new StringBuilder();
        foreach (var row in rows)
        {
            marked.Append(CultureInfo.InvariantCulture, $"**[{ComposeMail.AsWritten(BecauseWords.Title(row))}]({LinkOf(row)})**\n\n{ComposeMail.AsWritten(Because(row))}\n\n");
        }

        marked.Append(CultureInfo.InvariantCulture, $"---\n\n{ComposeMail.AsWritten(Words.T("notification.mail.foot"))}\n\n");
        foreach (var (label, url) in offs)
        {
            marked.Append(CultureInfo.InvariantCulture, $"- [{ComposeMail.AsWritten(Words.T("notification.mail.off", label))}]({url})\n");
        }

        return marked.Append(CultureInfo.InvariantCulture, $"- [{ComposeMail.AsWritten(Words.T("notification.mail.all"))}]({address.For("/me")})\n").ToString();
    }

    private static string Because(NotificationRow row) => row.Count > 1 ? $"{BecauseWords.Of(row)} {Words.T("notification.times", row.Count)}" : BecauseWords.Of(row);

    private string LinkOf(NotificationRow row) => address.For($"/conversations/{row.Conversation}");

    /// <summary>Says the words that follow in somebody's language.</summary>
    internal sealed class Speaking : IDisposable
    {
        private readonly (CultureInfo Formats, CultureInfo Words) _before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);

        public Speaking(string language) => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.All.Any(known => known.Tag == language) ? language : "en");

        public void Dispose() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = _before;
    }
}
