using System.Net;
using Heliotrope.Mail.Html;
using Heliotrope.Mail.Outlook;

namespace Heliotrope.Mail.Reading;

/// <summary>Tells body and attachments apart (RFC 2046 section 5.1, RFC 2387).</summary>
internal sealed class BodyPicker(ReadContext context)
{
    private const int MaxCompared = 100_000;

    private readonly List<(string? Text, string? Html)> pieces = [];
    private readonly List<AttachedPart> attached = [];

    public static PickedBody Pick(MimePart root, ReadContext context)
    {
        var picker = new BodyPicker(context);
        picker.Visit(root);
        var nested = picker.pieces.Count == 0 ? root.All().FirstOrDefault(part => part.Type.Value == "message/rfc822" && part.Children.Count > 0) : null;
        if (nested is not null)
        {
            // Nothing but a forwarded message: its words are the words.
            var inner = new BodyPicker(context);
            inner.Visit(nested.Children[0]);
            picker.pieces.AddRange(inner.pieces);
        }
        if (picker.pieces.TrueForAll(piece => string.IsNullOrWhiteSpace(piece.Text) && string.IsNullOrWhiteSpace(piece.Html))
            && picker.attached.Find(one => one.Words is not null)?.Words is { } words)
        {
            // Outlook's own form is only looked at where there is no other: the other is what everybody reads.
            picker.pieces.Add((words.Text, words.Html));
        }
        var text = picker.Text();
        return new PickedBody(text, picker.Html(), picker.attached
            .FindAll(one => one.Words is null || !Says(text, one.Words))
            .ConvertAll(one => one.Words is { } unread ? new AttachedPart(null, unread.AsFile("message"), false) : one));
    }

    private void Visit(MimePart part)
    {
        switch (part.Type.Value)
        {
            case "multipart/alternative" when part.IsMultipart:
                VisitAlternative(part);
                break;
            case "multipart/related" when part.IsMultipart:
                VisitRelated(part);
                break;
            case "multipart/encrypted" or "multipart/appledouble" when part.IsMultipart:
                part.Children.ForEach(child => Attach(child, false));
                break;
            case "multipart/signed" or "multipart/report" when part.IsMultipart:
                Visit(part.Children[0]);
                part.Children.Skip(1).ToList().ForEach(child => Attach(child, false));
                break;
            default:
                if (part.IsMultipart)
                {
                    part.Children.ForEach(Visit);
                }
                else
                {
                    VisitLeaf(part);
                }
                break;
        }
    }

    private void VisitLeaf(MimePart part)
    {
        if (!IsBody(part))
        {
            // Some programs give every file an id: one that is to be saved is only within the message when the HTML says so (see ShownInHtml).
            Attach(part, part.Disposition.Value == "inline" || (part.ContentId is not null && part.Type.Main == "image" && !part.IsAttachment));
            return;
        }
        var text = PartText.Read(part, context);
        if (part.Type.Value is "text/html" or "application/xhtml+xml")
        {
            pieces.Add((null, text));
            return;
        }
        var files = new List<FoundFile>();
        text = Uuencode.TakeOut(text, files);
        files.ForEach(file => attached.Add(new AttachedPart(null, file, false)));
        pieces.Add((text, null));
    }

    private bool IsBody(MimePart part)
    {
        if (part.IsAttachment)
        {
            return false;
        }
        // A multipart in which no part could be found is shown as it is.
        var isText = part.Type.IsMultipart || (part.Type.Main == "text" && part.Type.Value is not
            ("text/calendar" or "text/x-vcard" or "text/vcard" or "text/directory" or "text/csv" or "text/css"
            or "text/javascript" or "text/xml" or "text/rfc822-headers" or "text/x-amp-html" or "text/watch-html" or "text/rtf"));
        if (!isText)
        {
            return part.Type.Value == "application/xhtml+xml";
        }
        if (part.Type.Value is not ("text/plain" or "text/html" or "text/markdown" or "text/x-markdown" or "text") && !part.Type.IsMultipart)
        {
            // Forms that hardly anybody writes: better than nothing, but beside a plain text only a file.
            return pieces.Count == 0 && part.FileName is null;
        }
        return part.FileName is null || (pieces.Count == 0 && part.Disposition.Value is "" or "inline" && part.Type.Value is "text/plain" or "text/html");
    }

    /// <summary>The same in several forms: the first that gives text, the last that gives HTML; the rest is attached.</summary>
    private void VisitAlternative(MimePart part)
    {
        string? text = null, html = null;
        foreach (var child in part.Children)
        {
            var picker = new BodyPicker(context);
            picker.Visit(child);
            attached.AddRange(picker.attached);
            if (picker.pieces.Exists(piece => piece.Html is not null))
            {
                html = picker.Html();
            }
            else if (picker.pieces.Count > 0 && string.IsNullOrWhiteSpace(text))
            {
                text = picker.Text();
            }
            else if (picker.pieces.Count > 0 && !child.IsMultipart)
            {
                Attach(child, false);
            }
        }
        if (text is not null || html is not null)
        {
            // Some senders leave the plain form empty.
            pieces.Add((string.IsNullOrWhiteSpace(text) && html is not null ? null : text, html));
        }
    }

    private void VisitRelated(MimePart part)
    {
        var start = part.Type["start"]?.Trim(' ', '<', '>');
        var root = part.Children.Find(child => start is not null && child.ContentId == start) ?? part.Children[0];
        foreach (var child in part.Children)
        {
            if (child == root)
            {
                Visit(child);
            }
            else if (child.IsMultipart)
            {
                Visit(child);
            }
            else
            {
                Attach(child, !child.IsAttachment);
            }
        }
    }

    private void Attach(MimePart part, bool inline)
    {
        if (part.IsMultipart)
        {
            part.Children.ForEach(child => Attach(child, inline));
        }
        else if (!Winmail.IsOne(part) || !Open(part))
        {
            attached.Add(new AttachedPart(part, null, inline));
        }
    }

    /// <summary>Puts in the place of a winmail.dat what it holds; false when there is nothing to be had.</summary>
    private bool Open(MimePart part)
    {
        var content = Winmail.Open(context.Unpack(part), context);
        if (content is null || content.IsEmpty)
        {
            context.Defect("winmail.unreadable", "a winmail.dat was left as it is");
            return false;
        }
        if (!string.IsNullOrWhiteSpace(content.Text) || !string.IsNullOrWhiteSpace(content.Html))
        {
            attached.Add(new AttachedPart(null, null, false) { Words = content });
        }
        attached.AddRange(content.Files.Select(file => new AttachedPart(null, file, file.ContentId is not null && file.Type?.StartsWith("image/", StringComparison.Ordinal) == true)));
        return true;
    }

    /// <summary>Whether the body says the same: where a footer is all that others read, Outlook's words are kept as a file.</summary>
    private static bool Says(string? body, WinmailContent words)
    {
        const int enough = 60;
        static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit).Take(MaxCompared));
        var beginning = Letters(words.Text ?? HtmlText.FromHtml(words.Html ?? ""));
        return Letters(body ?? "").Contains(beginning[..Math.Min(beginning.Length, enough)], StringComparison.OrdinalIgnoreCase);
    }

    private string? Text() =>
        pieces.Count == 0 ? null : string.Join('\n', pieces.Select(piece => piece.Text ?? HtmlText.FromHtml(piece.Html ?? "")));

    private string? Html() =>
        pieces.Exists(piece => piece.Html is not null)
            ? string.Join('\n', pieces.Select(piece => piece.Html ?? "<div style=\"white-space:pre-wrap\">" + WebUtility.HtmlEncode(piece.Text) + "</div>"))
            : null;
}

/// <summary>Something to attach: a part, or a file that was found within text.</summary>
internal sealed record AttachedPart(MimePart? Part, FoundFile? File, bool Inline)
{
    /// <summary>The words of a winmail.dat, to be read when there are no others; null for what is really attached.</summary>
    public WinmailContent? Words { get; init; }

    public string? ContentId => Part is null ? File?.ContentId : Part.ContentId;
}

/// <summary>What was chosen to be read, and what goes beside it.</summary>
internal sealed record PickedBody(string? Text, string? Html, List<AttachedPart> Attached);
