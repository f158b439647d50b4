using System.Text;
using System.Text.RegularExpressions;
using Heliotrope.Core.OwnFields;

namespace Heliotrope.Core.Macros;

/// <summary>A piece of the words that stands where a merge field stood.</summary>
/// <param name="At">Where it begins, in UTF-16 units.</param>
/// <param name="Length">Its length.</param>
/// <param name="Field">The field's name.</param>
/// <param name="Missing">There was nothing to put there, so the field itself still stands: with it nothing is sent.</param>
/// <param name="Fallback">What stands there are the words for when there is nothing.</param>
public sealed record FilledPiece(int At, int Length, string Field, bool Missing, bool Fallback);

/// <summary>Words with their merge fields filled.</summary>
/// <param name="Text">The words.</param>
/// <param name="Pieces">What was filled, and what could not be, in order.</param>
public sealed record FilledText(string Text, IReadOnlyList<FilledPiece> Pieces);

/// <summary>The words of macros: Markdown with merge fields such as <c>{{customer.first_name}}</c>, or <c>{{customer.first_name | there}}</c> for when there is nothing.</summary>
public static partial class MacroText
{
    private static readonly string[] OwnPrefixes = [.. Enum.GetValues<FieldTarget>().Select(target => Own(target, ""))];

    /// <summary>The fields that every desk has.</summary>
    public static IReadOnlyList<string> Fields { get; } =
    [
        "customer.first_name", "customer.name", "customer.email", "agent.name", "agent.first_name", "conversation.number", "conversation.subject", "organisation.name", "desk.name",
        "team.name", "promise.due",
    ];

    /// <summary>The first field that there is none of; null when all can be meant.</summary>
    /// <param name="text">The words.</param>
    /// <returns>The field, as it stands there.</returns>
    public static string? Unknown(string text) => Field().Matches(text).Select(match => match.Groups["name"].Value)
        .FirstOrDefault(name => !Fields.Contains(Plain(name)) && !OwnPrefixes.Any(prefix => Plain(name).StartsWith(prefix, StringComparison.Ordinal) && name.Length > prefix.Length));

    /// <summary>The fields that stand in words, by their plain names, in order.</summary>
    /// <param name="text">The words.</param>
    /// <returns>The names.</returns>
    public static IEnumerable<string> Named(string text) => Field().Matches(text).Select(match => Plain(match.Groups["name"].Value));

    /// <summary>Fills the fields. Values are put in as they are and never read again, so that braces in a name fill nothing.</summary>
    /// <param name="text">The words.</param>
    /// <param name="value">The value of a field by its plain name; null or empty for nothing.</param>
    /// <returns>The words, and what was filled.</returns>
    public static FilledText Fill(string text, Func<string, string?> value)
    {
        var (filled, pieces, done) = (new StringBuilder(text.Length), new List<FilledPiece>(), 0);
        foreach (Match match in Field().Matches(text))
        {
            var name = Plain(match.Groups["name"].Value);
            var fallback = match.Groups["else"] is { Success: true, Value: var words } ? words.Trim() : null;
            var put = value(name) is { Length: > 0 } known ? known : null;
            var stands = put ?? fallback ?? match.Value;
            filled.Append(text, done, match.Index - done);
            pieces.Add(new(filled.Length, stands.Length, name, put is null && fallback is null, put is null && fallback is not null));
            filled.Append(stands);
            done = match.Index + match.Length;
        }

        return new(filled.Append(text, done, text.Length - done).ToString(), pieces);
    }

    /// <summary>A value as it may stand within Markdown of ours: one line, with nothing in it that would become a link, a picture or a style.</summary>
    /// <param name="value">What strangers wrote.</param>
    /// <returns>The same, harmless.</returns>
    public static string Harmless(string value) => string.Concat(
        string.Join(' ', new string([.. value.Select(c => char.IsControl(c) || c is '{' or '}' ? ' ' : c)]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Select(c => c is '[' or ']' or '<' or '>' or '`' or '*' or '_' or '\\' ? $"\\{c}" : $"{c}"));

    /// <summary>The word by which somebody is spoken to; empty where the name shows none.</summary>
    /// <param name="name">The whole name.</param>
    /// <returns>The first name.</returns>
    public static string FirstName(string name)
    {
        var words = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var first = words.FirstOrDefault(word => !Titles.Contains(word.TrimEnd('.').ToLowerInvariant())) ?? "";
        return first.EndsWith('.') || first.Length == 1 || !first.All(c => char.IsLetter(c) || c is '-' or '\'' or '’') || Titled(words) ? "" : first;
    }

    private static readonly HashSet<string> Titles = ["dr", "prof", "mr", "mrs", "ms", "miss", "herr", "frau", "sir", "madame", "monsieur", "señor", "señora"];

    /// <summary>"Mr Babbage" has no first name to call him by.</summary>
    private static bool Titled(string[] words) => words.Count(word => !Titles.Contains(word.TrimEnd('.').ToLowerInvariant())) == 1 && words.Length > 1;

    /// <summary>The merge field of a field that this desk's people made up for themselves, such as <c>customer.fields.plan</c>.</summary>
    /// <param name="target">What it is about.</param>
    /// <param name="name">What it is called.</param>
    /// <returns>The merge field's name.</returns>
    public static string Own(FieldTarget target, string name) => $"{target.ToString().ToLowerInvariant()}.fields.{Plain(name)}";

    /// <summary>A name as fields are told apart: in small letters, with single blanks.</summary>
    private static string Plain(string name) => Blank().Replace(name.Trim(), " ").ToLowerInvariant();

    [GeneratedRegex(@"\{\{\s*(?<name>[^{}|\n]{1,80}?)\s*(?:\|(?<else>[^{}\n]{0,200}))?\}\}", RegexOptions.None, 1000)]
    private static partial Regex Field();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
