using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Heliotrope.Core.Reading;

/// <summary>Faces of signs (VADER's list) and small pictures, which mean the same in every language.</summary>
internal static class Faces
{
    /// <summary>The longest in the list, with a mark or two after it.</summary>
    private const int Longest = 10;

    private static readonly Lazy<FrozenDictionary<string, sbyte>> OfSigns = new(Read);

    private static readonly FrozenDictionary<int, double> Pictures = Worth(
        (2.5, "😀😃😄😁😆😊😍🥰😘🤩🥳🎉❤💖💕💙💚💛🧡💜🏆🌟🤗👏💯"),
        (1.5, "🙂😉😎👍👌🙏😇😌✨💪😋😂🤣😸😺🌞🌈✅"),
        (-1.5, "😕😟🙁☹😒🙄😬😐😑🤨😓😥😰😧😦👎😩😫🤦"),
        (-2.5, "😠😡🤬😤😢😭😞😔😖😣💔😱🤮🤢💩😾😿🖕👿"));

    /// <summary>Finds them in the lines of the writer.</summary>
    /// <param name="text">A text.</param>
    /// <returns>Where they are, and what each is worth.</returns>
    public static IEnumerable<(int At, int Length, double Worth)> In(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf('\n', at);
            end = end < 0 ? text.Length : end;
            if (!text.AsSpan(at, end - at).TrimStart().StartsWith('>'))
            {
                foreach (var face in InLine(text, at, end))
                {
                    yield return face;
                }
            }

            at = end + 1;
        }
    }

    private static IEnumerable<(int At, int Length, double Worth)> InLine(string text, int at, int end)
    {
        while (at < end)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            var from = at;
            while (at < end && !char.IsWhiteSpace(text[at]))
            {
                if (text[at] > '\u2500' && Rune.TryGetRuneAt(text, at, out var rune))
                {
                    if (Pictures.TryGetValue(rune.Value, out var worth))
                    {
                        yield return (at, rune.Utf16SequenceLength, worth);
                    }

                    at += rune.Utf16SequenceLength - 1;
                }

                at++;
            }

            if (at - from is >= 2 and <= Longest && Sign(text.AsSpan(from, at - from)) is { } sign)
            {
                yield return (from, sign.Length, sign.Worth);
            }
        }
    }

    private static (int Length, double Worth)? Sign(ReadOnlySpan<char> chunk)
    {
        var all = OfSigns.Value.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> small = stackalloc char[Longest];
        chunk.ToLowerInvariant(small);
        for (var length = chunk.Length; length >= 2; length--)
        {
            if (all.TryGetValue(small[..length], out var tenths))
            {
                return (length, tenths / 10.0);
            }

            if (chunk[length - 1] is not ('.' or ',' or '!' or '?'))
            {
                break;
            }
        }

        return null;
    }

    private static FrozenDictionary<int, double> Worth(params (double Worth, string Pictures)[] groups) => groups
        .SelectMany(group => group.Pictures.EnumerateRunes().Select(rune => (rune.Value, group.Worth)))
        .ToFrozenDictionary(picture => picture.Value, picture => picture.Worth);

    private static FrozenDictionary<string, sbyte> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("sentiment-faces.txt")
            ?? throw new InvalidOperationException("The assembly was built without its list of faces.");
        using var lines = new StreamReader(stream);
        return lines.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ToFrozenDictionary(line => line[..line.LastIndexOf('\t')], line => sbyte.Parse(line.AsSpan(line.LastIndexOf('\t') + 1), CultureInfo.InvariantCulture));
    }
}
