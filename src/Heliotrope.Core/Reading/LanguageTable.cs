using System.Buffers.Binary;
using System.Reflection;
using System.Text;

namespace Heliotrope.Core.Reading;

/// <summary>
/// How strongly pieces of words speak for languages, from the package <c>eld</c>: three or four bytes of UTF-8 with a space where a word
/// begins or ends. Read on first use and kept as plain arrays, about a megabyte.
/// </summary>
internal sealed class LanguageTable
{
    /// <summary>The package leaves out what all weights have in common.</summary>
    private const int LeftOut = 53;

    private static readonly Lazy<LanguageTable> Read = new(() => new(Data()));

    private readonly ulong[] _pieces;
    private readonly int[] _starts;
    private readonly byte[] _weights;

    private LanguageTable(ReadOnlySpan<byte> data)
    {
        Languages = [.. Encoding.ASCII.GetString(data.Slice(1, data[0] * 2)).Chunk(2).Select(code => new string(code))];
        data = data[(1 + (data[0] * 2))..];
        var count = BinaryPrimitives.ReadInt32LittleEndian(data);
        data = data[4..];
        _pieces = new ulong[count];
        _starts = new int[count + 1];
        for (var i = 0; i < count; i++)
        {
            _pieces[i] = BinaryPrimitives.ReadUInt64LittleEndian(data[(i * 8)..]);
            _starts[i + 1] = _starts[i] + (data[(count * 8) + i] * 2);
        }

        _weights = data[(count * 9)..].ToArray();
    }

    public static LanguageTable Instance => Read.Value;

    /// <summary>ISO 639-1 codes; a language is meant by its place here.</summary>
    public IReadOnlyList<string> Languages { get; }

    /// <summary>The place of a language.</summary>
    /// <param name="language">One that is known.</param>
    public int Place(string language)
    {
        var at = 0;
        while (Languages[at] != language)
        {
            at++;
        }

        return at;
    }

    /// <summary>Adds to each language what one piece says for it.</summary>
    /// <param name="piece">Its bytes, the first one highest.</param>
    /// <param name="scores">A score for each language.</param>
    public void Add(ulong piece, Span<int> scores)
    {
        var at = Array.BinarySearch(_pieces, piece);
        for (var i = at < 0 ? 0 : _starts[at]; at >= 0 && i < _starts[at + 1]; i += 2)
        {
            scores[_weights[i]] += _weights[i + 1] + LeftOut;
        }
    }

    private static byte[] Data()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("languages.bin")
            ?? throw new InvalidOperationException("The assembly was built without its table of languages.");
        var data = new byte[stream.Length];
        stream.ReadExactly(data);
        return data;
    }
}
