using System.Globalization;
using System.Text.Json;
using Heliotrope.Core.Conversations;

namespace Heliotrope.Core.Acts;

/// <summary>Who keeps a list of acts, which decides what may stand in it.</summary>
public enum ActUse
{
    /// <summary>Done to many conversations at once: nobody is written to.</summary>
    Many,
    /// <summary>Kept in a macro, which a person sets off.</summary>
    Macro,
    /// <summary>Kept in a rule, which nobody sets off: <see cref="Act.Me"/> would be nobody.</summary>
    Rule,
}

/// <summary>A list of acts as programs write it and as it is kept: <c>[{"kind":"tag","value":"refund"}]</c>.</summary>
public static class ActList
{
    /// <summary>Of more acts nobody would know what they do together.</summary>
    public const int Most = 20;

    private static readonly ActKind[] Filed = [ActKind.Team, ActKind.Driver, ActKind.Assign, ActKind.Reply];
    private static readonly ActKind[] Turn = [ActKind.Snooze, ActKind.Resolve, ActKind.Reopen];
    private static readonly ActKind[] Folder = [ActKind.Spam, ActKind.NotSpam];

    /// <summary>Reads acts as somebody wrote them. Whether the people and teams named exist is not looked at here.</summary>
    /// <param name="written">The code of each kind, and its value.</param>
    /// <param name="use">Where they will be kept.</param>
    /// <returns>The acts, or a refusal whose field names the act: <c>acts[2]</c>.</returns>
    public static Result<IReadOnlyList<Act>> Read(IReadOnlyList<(string? Kind, string? Value)> written, ActUse use)
    {
        ArgumentNullException.ThrowIfNull(written);
        if (written.Count > Most)
        {
            return Refusal.Invalid("act.too-many", $"A list has at most {Most} acts.", "acts");
        }

        var acts = new List<Act>(written.Count);
        foreach (var (kind, value) in written)
        {
            var act = Read(kind ?? "", value ?? "", use);
            if (act.Refusal is { } refusal)
            {
                return At(refusal, acts.Count);
            }

            if (acts.Find(earlier => Excludes(earlier, act.Value)) is { } other)
            {
                return At(new(RefusalKind.Invalid, "act.contradicts", $"“{other.Code}” and “{act.Value.Code}” cannot stand in one list.", About: act.Value.Code), acts.Count);
            }

            acts.Add(act.Value);
        }

        return acts;
    }

    /// <summary>A refusal that names the act it is about.</summary>
    /// <param name="refusal">The refusal.</param>
    /// <param name="index">Which act of the list, from 0.</param>
    /// <returns>The same, with its field.</returns>
    public static Refusal At(Refusal refusal, int index) => refusal with { Field = string.Create(CultureInfo.InvariantCulture, $"acts[{index}]") };

    /// <summary>Which act of the list a refusal is about; null when it is about none.</summary>
    /// <param name="refusal">The refusal.</param>
    /// <returns>The place, from 0.</returns>
    public static int? IndexOf(Refusal refusal) =>
        refusal?.Field is ['a', 'c', 't', 's', '[', .. var inner, ']'] && int.TryParse(inner, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;

    /// <summary>As it is kept.</summary>
    /// <param name="acts">The acts.</param>
    /// <returns>JSON.</returns>
    public static string ToJson(IEnumerable<Act> acts) =>
        JsonSerializer.Serialize(acts.Select(act => new Dictionary<string, string> { ["kind"] = act.Code, ["value"] = act.Value }));

    /// <summary>Reads what was kept.</summary>
    /// <param name="json">As <see cref="ToJson"/> wrote it.</param>
    /// <returns>The acts. What cannot be read any more, such as a kind that is gone, is a refusal, never a guess.</returns>
    public static Result<IReadOnlyList<Act>> FromJson(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var acts = new List<Act>();
            foreach (var item in document.RootElement.EnumerateArray())
            {
                if (Act.KindOf(item.GetProperty("kind").GetString() ?? "") is not { } kind)
                {
                    return At(Unknown(item.GetProperty("kind").GetString() ?? ""), acts.Count);
                }

                acts.Add(new(kind, item.GetProperty("value").GetString() ?? ""));
            }

            return acts;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return Refusal.Invalid("act.malformed", "These acts cannot be read.", "acts");
        }
    }

    /// <summary>The order in which they are done, whatever the order they are written in: words first, then where it belongs, then whose turn it is.</summary>
    /// <param name="acts">The acts.</param>
    /// <returns>The same, each with its place in the list.</returns>
    public static IReadOnlyList<(Act Act, int Index)> InOrder(IReadOnlyList<Act> acts) => [.. acts.Select((act, index) => (act, index)).OrderBy(each => Rank(each.act.Kind))];

    private static int Rank(ActKind kind) => kind switch
    {
        ActKind.Reply => 0,
        ActKind.Note => 1,
        ActKind.Driver => 2,
        ActKind.Team => 3,
        ActKind.Assign => 4, // whoever is best depends on team and driver
        ActKind.Tag or ActKind.Untag => 5,
        ActKind.Spam or ActKind.NotSpam => 6,
        ActKind.Snooze or ActKind.Resolve or ActKind.Reopen => 7,
        ActKind.Notify => 8,
    };

    private static Result<Act> Read(string code, string value, ActUse use)
    {
        if (Act.KindOf(code) is not { } kind)
        {
            return Unknown(code);
        }

        if ((kind is ActKind.Reply && use is ActUse.Many) || (kind is ActKind.Assign && value.Trim() == Act.Me && use is ActUse.Rule))
        {
            return new Refusal(RefusalKind.Invalid, "act.not-here", $"“{code}” cannot be done here.", About: code);
        }

        var act = new Act(kind, kind is ActKind.Note or ActKind.Reply ? value.Trim() : string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        return Wrong(act) is { } refusal ? refusal : act;
    }

    private static Refusal? Wrong(Act act) => act.Kind switch
    {
        ActKind.Tag or ActKind.Untag when act.Value.Length is 0 or > Act.LongestTag || act.Value.Any(char.IsControl) =>
            Refusal.Invalid("tag.malformed", $"A tag has 1 to {Act.LongestTag} characters on one line."),
        ActKind.Snooze when !RestFor.IsOne(act.Value) => Refusal.Invalid("snooze.date", "The date lies ahead, and less than a year."),
        ActKind.Note or ActKind.Reply when act.Value.Length == 0 => new(RefusalKind.Invalid, "act.no-words", $"“{act.Code}” needs words.", About: act.Code),
        ActKind.Note or ActKind.Reply when act.Value.Length > Conversation.MaxText => new(RefusalKind.Invalid, "act.long-words", $"“{act.Code}” has more than {Conversation.MaxText} characters.", About: act.Code),
        ActKind.Notify when act.Value != Act.Assignee && !(act.Value.Contains(':', StringComparison.Ordinal) && act.Value.Split(':')[0] is "user" or "team" && act.Value[5..].Trim().Length > 0) =>
            Value(act),
        ActKind.Resolve or ActKind.Reopen or ActKind.Spam or ActKind.NotSpam when act.Value.Length > 0 => Value(act),
        ActKind.Assign or ActKind.Team or ActKind.Driver or ActKind.Notify when act.Value.Length > Act.LongestName => Value(act),
        _ => null,
    };

    private static Refusal Value(Act act) => new(RefusalKind.Invalid, "act.value", $"“{act.Code}” cannot be done with this.", About: act.Code);

    private static Refusal Unknown(string code) =>
        new(RefusalKind.Invalid, "act.unknown", "There is no such act.", About: code.Length > Act.LongestName ? code[..Act.LongestName] : code);

    /// <summary>Of two acts that set the same thing one would be for nothing.</summary>
    private static bool Excludes(Act one, Act other) =>
        (one.Kind == other.Kind && Filed.Contains(one.Kind))
        || (Turn.Contains(one.Kind) && Turn.Contains(other.Kind))
        || (Folder.Contains(one.Kind) && Folder.Contains(other.Kind))
        || (one.Kind is ActKind.Tag or ActKind.Untag && other.Kind is ActKind.Tag or ActKind.Untag && one.Value.Equals(other.Value, StringComparison.OrdinalIgnoreCase));
}
