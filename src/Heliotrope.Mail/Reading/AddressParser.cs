using System.Text;

namespace Heliotrope.Mail.Reading;

/// <summary>Reads address lists (RFC 5322 section 3.4 and the obsolete forms of 4.4); what is no address is left out.</summary>
internal sealed class AddressParser
{
    private readonly string text;
    private readonly List<MailAddress> found = [];
    private readonly StringBuilder phrase = new();
    private readonly ReadContext context;
    private int position;
    private string? angle;
    private string? comment;
    private string? pending;
    private bool hasAt;
    private bool quotesEnd;
    private bool commentsEnd;

    private AddressParser(string text, ReadContext context)
    {
        this.text = text;
        this.context = context;
    }

    /// <summary>The addresses in every one of <paramref name="values"/>, which are unfolded but not decoded.</summary>
    public static IReadOnlyList<MailAddress> Parse(IEnumerable<string> values, ReadContext context) =>
        [.. values.SelectMany(value => new AddressParser(value, context).Read()).Take(context.Limits.MaxAddresses)];

    /// <summary>The first address in one value; null when there is none.</summary>
    public static string? FirstAddress(string? value) =>
        value is null ? null : Parse([value], new ReadContext(MailLimits.Default)) is [var first, ..] ? first.Address : null;

    private List<MailAddress> Read()
    {
        while (position < text.Length && found.Count < context.Limits.MaxAddresses)
        {
            var c = text[position++];
            switch (c)
            {
                case '"':
                    ReadQuoted();
                    break;
                case '(':
                    ReadComment();
                    break;
                case '<':
                    ReadAngle();
                    break;
                case ',':
                    Finish(mayGoOn: true);
                    break;
                case ';':
                    Finish(mayGoOn: false);
                    break;
                case ':' when angle is null && !hasAt:
                    // The name of a group, or "mailto:".
                    phrase.Clear();
                    comment = pending = null;
                    break;
                default:
                    hasAt |= c == '@';
                    phrase.Append(c);
                    break;
            }
        }
        Finish(mayGoOn: false);
        return found;
    }

    private void ReadQuoted()
    {
        var end = position;
        while (!quotesEnd && end < text.Length && text[end] != '"')
        {
            end += text[end] == '\\' ? 2 : 1;
        }
        if (quotesEnd || end >= text.Length)
        {
            // Never closed: the quote is only a letter, and no later one can be closed either.
            quotesEnd = true;
            return;
        }
        var content = text[position..end];
        position = end + 1;
        if (position < text.Length && text[position] == '@')
        {
            phrase.Append('"').Append(content).Append('"');
            return;
        }
        for (var i = 0; i < content.Length; i++)
        {
            i += content[i] == '\\' && i + 1 < content.Length ? 1 : 0;
            phrase.Append(content[i]);
        }
    }

    private void ReadComment()
    {
        var depth = 1;
        var start = position;
        for (var i = position; !commentsEnd && i < text.Length; i++)
        {
            depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0)
            {
                comment = text[start..i];
                position = i + 1;
                return;
            }
            i += text[i] == '\\' ? 1 : 0;
        }
        commentsEnd = true;
    }

    private void ReadAngle()
    {
        while (position < text.Length && text[position] == '<')
        {
            position++;
        }
        var end = position;
        var quoted = false;
        while (end < text.Length && (quoted || text[end] is not ('>' or ',' or ';' or '<')))
        {
            quoted ^= text[end] == '"' && !quotesEnd;
            end++;
            // A route "@a,@b:" before the address has commas of its own (RFC 5322 section 4.4).
            if (end < text.Length && text[end] == ',' && text[position] == '@' && end + 1 < text.Length && text[end + 1] == '@')
            {
                end++;
            }
        }
        angle ??= text[position..end];
        position = end;
        while (position < text.Length && text[position] == '>')
        {
            position++;
        }
    }

    private void Finish(bool mayGoOn)
    {
        var words = phrase.ToString().Trim();
        phrase.Clear();
        hasAt = false;
        var (address, name) = angle is not null
            ? (AddressText.Clean(angle), words)
            : AddressText.TakeFrom(words);
        var remark = comment;
        angle = comment = null;
        if (address is null)
        {
            if (words.Length > 0 && pending is null && mayGoOn)
            {
                // "Doe, John <john@example.org>": the comma belongs to a name that should have been quoted.
                pending = words;
                return;
            }
            if (words.Length > 0 || pending is not null)
            {
                context.Defect("address.unreadable", words);
            }
            pending = null;
            return;
        }
        if (pending is not null && name.Length > 0)
        {
            name = pending + ", " + name;
        }
        pending = null;
        name = name.Length == 0 && remark is not null ? remark : name;
        found.Add(new MailAddress(AddressText.Name(name), address));
    }
}
