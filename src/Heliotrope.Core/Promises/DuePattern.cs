using System.Buffers;
using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Promises;

/// <summary>
/// One way to say when: words and slots such as <c>next &lt;weekday&gt;</c>, and what they mean, such as <c>weekday next</c>.
/// Written as <c>[by|on] next &lt;weekday&gt; = weekday next</c>; brackets as in <see cref="PhraseSet"/>.
/// </summary>
/// <param name="Items">Words, folded, and slots.</param>
/// <param name="Rule">The rule of <see cref="DueReader"/>.</param>
/// <param name="Arguments">What the rule is told besides the slots.</param>
internal sealed record DuePattern(string[] Items, string Rule, string[] Arguments)
{
    private static readonly SearchValues<char> Marks = SearchValues.Create(" ()[]|");

    /// <summary>Reads one line: each way to choose among its brackets is a pattern.</summary>
    public static IEnumerable<DuePattern> Read(string line)
    {
        if (line.Split(" = ") is not [var phrase, var meaning])
        {
            throw new FormatException($"This line says no meaning: {line}");
        }

        var words = meaning.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var at = 0;
        return Choices(phrase, ref at).Select(items => new DuePattern([.. items], words[0], words[1..]));
    }

    public static bool IsSlot(string item) => item.StartsWith('<');

    /// <summary>All that can be said from a place to a bar, a closing bracket or the end.</summary>
    private static List<IEnumerable<string>> Choices(string phrase, ref int at)
    {
        List<IEnumerable<string>> said = [[]];
        while (at < phrase.Length && phrase[at] is not ('|' or ')' or ']'))
        {
            if (phrase[at] == ' ')
            {
                at++;
                continue;
            }

            List<IEnumerable<string>> next = [];
            if (phrase[at] is '(' or '[')
            {
                next = phrase[at] == '[' ? [[]] : next;
                do
                {
                    at++;
                    next.AddRange(Choices(phrase, ref at));
                }
                while (at < phrase.Length && phrase[at] == '|');
                at++;
            }
            else
            {
                var end = phrase.AsSpan(at).IndexOfAny(Marks) is >= 0 and var length ? at + length : phrase.Length;
                next.Add([Plainly.Fold(phrase.AsSpan(at, end - at))]);
                at = end;
            }

            said = [.. from before in said from after in next select before.Concat(after).ToArray()];
        }

        return said;
    }
}
