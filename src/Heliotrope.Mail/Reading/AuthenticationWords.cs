using System.Text;

namespace Heliotrope.Mail.Reading;

/// <summary>Walks along the value of an Authentication-Results header; comments and white space are passed over before each step.</summary>
internal sealed class AuthenticationWords(string text)
{
    private int _at;

    public bool AtEnd
    {
        get
        {
            Skip();
            return _at >= text.Length;
        }
    }

    public bool Sees(char sign)
    {
        Skip();
        return _at < text.Length && text[_at] == sign;
    }

    public bool Take(char sign)
    {
        if (!Sees(sign)) return false;
        _at++;
        return true;
    }

    /// <summary>Goes on behind the next such sign; false when there is none.</summary>
    public bool SkipPast(char sign)
    {
        while (!AtEnd)
        {
            if (Take(sign)) return true;
            if (text[_at] != '"') _at++;
            else if (!Quoted(new())) return false;
        }
        return false;
    }

    /// <summary>A name in lower case; empty when there is none.</summary>
    public string Keyword()
    {
        Skip();
        var start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] is '-' or '_')) _at++;
        return text[start.._at].ToLowerInvariant();
    }

    /// <summary>A word or a quoted string, or an address that begins with one; null when a quoted string does not end.</summary>
    /// <param name="until">Ends it as well.</param>
    public string? Value(char until = ';')
    {
        Skip();
        var value = new StringBuilder();
        while (_at < text.Length && text[_at] is not (';' or '(') && text[_at] != until && !char.IsWhiteSpace(text[_at]))
        {
            // What a server does not quote may hold anything but a separator: "=" as in base64, ":" as in an address of IPv6.
            if (text[_at] != '"') value.Append(text[_at++]);
            else if (!Quoted(value)) return null;
        }
        return value.ToString();
    }

    private bool Quoted(StringBuilder value)
    {
        _at++;
        while (_at < text.Length && text[_at] != '"')
        {
            if (text[_at] == '\\' && _at + 1 < text.Length) _at++;
            value.Append(text[_at++]);
        }
        return _at++ < text.Length;
    }

    private void Skip()
    {
        while (_at < text.Length)
        {
            if (text[_at] == '(') SkipComment();
            else if (char.IsWhiteSpace(text[_at])) _at++;
            else return;
        }
    }

    /// <summary>One that does not end takes everything with it: whatever is behind it was meant as a remark.</summary>
    private void SkipComment()
    {
        var depth = 0;
        for (; _at < text.Length; _at++)
        {
            if (text[_at] == '\\') _at++;
            else if (text[_at] == '(') depth++;
            else if (text[_at] == ')' && --depth == 0)
            {
                _at++;
                return;
            }
        }
        _at = text.Length;
    }
}
