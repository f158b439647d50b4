using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Heliotrope.Mail.Html;
using Heliotrope.Mail.Replies;

namespace Heliotrope.Bench;

/// <summary>How well new words are told from quotes: against what other projects expect of their own examples. Every failure is printed.</summary>
public static partial class ReplyScore
{
    /// <summary>The first words that many of the examples share.</summary>
    private const string Common = """
        Fusce bibendum, quam hendrerit sagittis tempor, dui turpis tempus erat, pharetra sodales ante sem sit amet metus.
        Nulla malesuada, orci non vulputate lobortis, massa felis pharetra ex, convallis consectetur ex libero eget ante.
        Nam vel turpis posuere, rhoncus ligula in, venenatis orci. Duis interdum venenatis ex a rutrum.
        Duis ut libero eu lectus consequat consequat ut vel lorem. Vestibulum convallis lectus urna,
        et mollis ligula rutrum quis. Fusce sed odio id arcu varius aliquet nec nec nibh.
        """;

    public static void Run()
    {
        var sums = new SortedDictionary<string, (int Right, int All, int NotScored)>(StringComparer.Ordinal);
        var failures = new List<string>();
        foreach (var (file, row) in Material.Rows("replies"))
        {
            var (right, all, none) = sums.GetValueOrDefault(file);
            var verdict = Judge(row);
            sums[file] = verdict is null ? (right, all, none + 1) : (right + (verdict.Length == 0 ? 1 : 0), all + 1, none);
            if (verdict is { Length: > 0 })
            {
                failures.Add($"{row["id"]}: {verdict}");
            }
        }
        if (sums.Count == 0)
        {
            throw new BenchException("There is no material: say where it is with HELIOTROPE_SHARED_DATA.");
        }
        Figures.Head("from", "right", "of", "say nothing about the reply");
        foreach (var (file, (right, all, none)) in sums)
        {
            Figures.Row(file, right, all, none);
        }
        Figures.Row("all", sums.Values.Sum(sum => sum.Right), sums.Values.Sum(sum => sum.All), sums.Values.Sum(sum => sum.NotScored));
        Console.WriteLine();
        failures.ForEach(Console.WriteLine);
    }

    /// <summary>Empty when right, what is wrong when not, null when the row tells nothing that can be compared.</summary>
    private static string? Judge(JsonNode row)
    {
        if (row["input"] is not JsonValue value || !value.TryGetValue<string>(out var input))
        {
            return null;
        }
        var expected = row["expected"]!;
        return (expected["function"]?.GetValue<string>()) switch
        {
            null => JudgeFragments(input, expected),
            "test_parse_reply" => Same("New words.", ReplyText.Split($"New words.\n\n{input}\n> Old words\n").Reply),
            "test_quote" => Same(Kept(expected["value"]![1]!), ReplyText.Split(input).Reply),
            "test_quote_html" => SameHtml(expected["value"]!, input),
            "test_unwrap" => JudgeUnwrapped(input, expected["value"]),
            _ => null,
        };
    }

    private static string? JudgeFragments(string input, JsonNode expected)
    {
        var reply = ReplyText.Split(input).Reply;
        if ((expected["visible_text"] ?? expected["reply"])?.GetValue<string>() is { } visible)
        {
            return Same(visible, reply);
        }
        if (expected["common_first_fragment"]?.GetValue<bool>() == true)
        {
            return Same(Common, reply);
        }
        if (expected["fragments"] is JsonValue count && count.GetValue<int>() == 1)
        {
            return Same(input, reply);
        }
        var first = expected["fragment_equals"]?["0"]?.GetValue<string>();
        return first is null || expected["quoted"]?[0]?.GetValue<bool>() == true ? null
            : Squeeze(reply).StartsWith(Squeeze(first), StringComparison.Ordinal) ? "" : Told(first, reply);
    }

    private static string JudgeUnwrapped(string input, JsonNode? value)
    {
        var reply = ReplyText.Split(input).Reply;
        var above = value?["text_top"]?.GetValue<string>() ?? "";
        var below = value?["text_bottom"]?.GetValue<string>() is { } bottom && !bottom.StartsWith("--", StringComparison.Ordinal) ? bottom : "";
        // Without new words of its own a forwarded message may be taken for the words.
        return value is null ? Same(input.Split('>')[0], reply)
            : above.Length + below.Length == 0 && reply.Length == 0 ? ""
            : Same(above + "\n" + below, reply);
    }

    private static string SameHtml(JsonNode value, string input)
    {
        var wanted = value is JsonArray { Count: 2 } both && both[1] is JsonArray pieces && pieces[0] is JsonArray ? Kept(pieces) : Kept(value);
        var parts = ReplyHtml.Split(input);
        return Same(HtmlText.FromHtml(HtmlCleaner.Clean(wanted)), HtmlText.FromHtml(HtmlCleaner.Clean(parts.Reply)));
    }

    private static string Kept(JsonNode pieces) =>
        string.Join('\n', pieces.AsArray().Where(piece => piece![0]!.GetValue<bool>()).Select(piece => piece![1]!.GetValue<string>()));

    private static string Same(string wanted, string reply) => Squeeze(wanted) == Squeeze(reply) ? "" : Told(wanted, reply);

    private static string Told(string wanted, string reply) => $"wanted «{Short(wanted)}», was «{Short(reply)}»";

    private static string Short(string text) => Squeeze(text) is { Length: > 150 } all ? all[..70] + " … " + all[^70..] : Squeeze(text);

    private static string Squeeze(string text) => Blanks().Replace(text, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
