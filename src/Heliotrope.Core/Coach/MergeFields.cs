using System.Text.RegularExpressions;
using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Coach;

/// <summary>A merge field that nothing filled.</summary>
/// <param name="At">Where it begins, in UTF-16 units.</param>
/// <param name="Length">Its length; at least one.</param>
/// <param name="Name">What it asks for, plainly written: <c>first name</c>; empty when it doesn't say.</param>
public readonly record struct MergeField(int At, int Length, string Name);

/// <summary>
/// Finds merge fields that nothing filled (docs/method.md, A5): <c>{{first_name}}</c>, <c>Dear &lt;NOT PROVIDED&gt;</c>, <c>[Name]</c>. A reply that
/// has one never leaves, so what only looks alike must pass: code between backticks, links, <c>[1]</c>, <c>[sic]</c>, quoted lines, and a
/// customer whose name is Null.
/// </summary>
public static class MergeFields
{
    /// <summary>Forms that templates alone use. All are bounded and none looks back, so that no text makes them slow.</summary>
    private static readonly Regex Sure = Bounded(
        """\{\{\{?[^{}\n]{1,80}\}?\}\}|\{%[^%\n]{1,80}%\}|\$\{[^{}\n]{1,80}\}|\{[!$] ?[A-Za-z][^{}\n]{0,60}\}|\*\|[^|\n]{1,60}\|\*|<%=?[^%\n]{1,80}%>|%\([A-Za-z][A-Za-z0-9_ .]{0,40}\)s|\b[Xx]{2}[./-][Xx]{2}[./-][Xx]{2,4}\b|\[object Object\]""");

    /// <summary>Brackets that people use, too: what stands in them decides.</summary>
    private static readonly Regex Perhaps = Bounded(
        """\{[^{}\n]{1,60}\}|\[\[[^\[\]\n]{1,60}\]\]|\[[^\[\]\n]{1,60}\]|<<[^<>\n]{1,60}>>|<[^<>\n]{1,60}>|«[^«»\n]{1,60}»|%%?[A-Za-z_][A-Za-z0-9_.-]{1,40}%%?|\$[A-Za-z_]{2,40}\$|##?[A-Za-z_]{2,40}##?|@@[A-Za-z_]{2,40}@@|\$[a-z]{2,20}(_[a-z]{2,20}){1,3}""");

    /// <summary>HTML that is called like a field.</summary>
    private static readonly HashSet<string> Tags = ["<title>", "<address>", "<link>", "<time>", "<label>", "<object>", "<input>", "<button>", "<section>"];

    /// <summary>What a program writes for nothing. <c>Null</c> is a name, <c>NULL</c> is none.</summary>
    private static readonly HashSet<string> Nothing = ["NULL", "null", "undefined", "UNDEFINED", "NaN", "nil", "NIL", "N/A", "n/a", "None", "(null)", "<null>"];

    /// <summary>Finds them.</summary>
    /// <param name="text">The reply.</param>
    /// <param name="customerName">The customer's name, where it is known; it is no field, whatever it is.</param>
    /// <returns>The fields, in order.</returns>
    public static IReadOnlyList<MergeField> Find(string text, string customerName = "")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(customerName);
        var letter = Letter.Of(text);
        var plain = letter.Passage.Text;
        var found = Sure.Matches(plain).Where(match => FieldName.Plain(match.ValueSpan).Any(char.IsLetter) || match.Value.Contains('0')).Select(Read)
            .Concat(Perhaps.Matches(plain).Where(match => IsField(letter, match)).Select(Read))
            .Concat(InGreeting(letter, customerName))
            .Concat(Blanks(letter.Passage))
            .Where(field => !IsQuoted(plain, field.At))
            .OrderBy(field => field.At).ThenByDescending(field => field.Length);
        var fields = new List<MergeField>();
        foreach (var field in found)
        {
            if (fields.Count == 0 || field.At >= fields[^1].At + fields[^1].Length)
            {
                fields.Add(field);
            }
        }

        return fields;
    }

    private static Regex Bounded(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static MergeField Read(Match match) => new(match.Index, match.Length, FieldName.Plain(match.ValueSpan));

    private static bool IsField(Letter letter, Match match)
    {
        var text = letter.Passage.Text;
        var (before, after) = (match.Index > 0 ? text[match.Index - 1] : ' ', match.Index + match.Length < text.Length ? text[match.Index + match.Length] : ' ');
        if (match.Value[0] == '[' ? before is '!' or ']' || after is '(' or '[' or ':' : char.IsLetterOrDigit(before) || before is '\\' or '/' or '=' || after is '\\' or '/')
        {
            return false;
        }

        if (match.Value[0] == '<' && (match.Value[1] == '/' || Tags.Contains(match.Value)))
        {
            return false;
        }

        return (FieldName.Is(match.ValueSpan) || (match.Value[0] is '{' or '%' or '$' or '@' && FieldName.IsIdentifier(match.ValueSpan)) || match.Value is "{0}" or "{1}" or "{2}")
            && !IsInLink(text, match.Index)
            && !FieldName.IsOnScreen(letter, match.Index, match.Index + match.Length);
    }

    /// <summary>Whether the text up to the last space is the beginning of a link.</summary>
    private static bool IsInLink(string text, int at)
    {
        var from = Math.Max(0, at - 200);
        var chunk = text.AsSpan(from, at - from);
        chunk = chunk[(chunk.LastIndexOfAny(' ', '\n', '\t') + 1)..];
        return chunk.Contains("://", StringComparison.Ordinal) || chunk.StartsWith("www.", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsQuoted(string text, int at) => text.AsSpan(text.LastIndexOf('\n', Math.Max(0, at - 1)) + 1).TrimStart(' ').StartsWith('>');

    /// <summary>A greeting that greets nobody: <c>Dear ,</c>, <c>Hallo NULL,</c>, <c>Hi First Name,</c>.</summary>
    private static IEnumerable<MergeField> InGreeting(Letter letter, string customerName)
    {
        var (passage, from, to) = (letter.Passage, letter.Name.Start.Value, letter.Name.End.Value);
        if (letter.Greeting.End.Value == 0)
        {
            yield break;
        }

        var needsName = CoachBook.AnyAt("greeting-needs-name", passage, 0)?.Next ?? 0;
        var last = passage.Words[Math.Max(needsName, from) - 1];
        var rest = passage.Text.AsSpan(last.End);
        rest = rest[..(rest.IndexOf('\n') is >= 0 and var line ? line : rest.Length)];
        var mark = rest.IndexOf(',');
        if (mark >= 0 && rest[..mark].IsWhiteSpace() && (needsName > 0 || (mark > 0 && rest[(mark + 1)..].IsWhiteSpace())))
        {
            yield return new(last.At, last.Length + mark, "name");
            yield break;
        }

        // What is no word counts, too: "Dear ____,".
        var stop = mark >= 0 ? mark : rest.Length;
        var greeted = rest[..stop].Trim(" \t\r");
        if (greeted.Length is > 0 and <= 60 && !passage.Text.AsSpan(passage.Words[from - 1].End, last.End - passage.Words[from - 1].End).Contains(',') && IsNobody(greeted, customerName))
        {
            yield return new(last.End + rest.IndexOf(greeted, StringComparison.Ordinal), greeted.Length, "name");
        }
    }

    private static bool IsNobody(ReadOnlySpan<char> greeted, string customerName)
    {
        var words = greeted.ToString();
        var bare = greeted.TrimEnd("!.: ");
        if (bare.Length == 0)
        {
            return greeted.Length >= 3;
        }

        if (Nothing.Contains(bare.ToString()) || Nothing.Contains(words.Split(' ')[^1]))
        {
            return !customerName.Contains(bare.ToString(), StringComparison.OrdinalIgnoreCase);
        }

        return (bare.Length >= 3 && (bare.Trim('X').IsEmpty || bare.Trim('x').IsEmpty || bare.Trim('_').IsEmpty || bare.Trim('-').IsEmpty))
            || (char.IsUpper(bare[0]) && FieldName.IsGreeted(bare));
    }

    /// <summary><c>within XX days</c>.</summary>
    private static IEnumerable<MergeField> Blanks(Passage passage) =>
        from book in CoachBook.All
        from found in book["blank"].In(passage)
        from word in Enumerable.Range(found.First, found.Words)
        where passage.Text.AsSpan(passage.Words[word].At, passage.Words[word].Length) is { Length: >= 2 } raw && raw.Trim('X').IsEmpty
        select new MergeField(passage.Words[word].At, passage.Words[word].Length, "");
}
