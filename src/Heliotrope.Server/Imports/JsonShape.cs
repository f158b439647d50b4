using System.Text.Json;

namespace Heliotrope.Server.Imports;

/// <summary>How an export holds its objects, told from its first bytes: a line each, or how deep within brackets.</summary>
internal static class JsonShape
{
    /// <summary>An object a line.</summary>
    public const int Lines = -1;

    /// <summary>Objects one after the other, each over several lines.</summary>
    public const int Bare = 0;

    /// <summary>A list of objects.</summary>
    public const int List = 1;

    /// <summary>A document with named lists of objects.</summary>
    public const int NamedLists = 2;

    /// <summary>The lists that an export or an answer of an API has; nothing within a ticket or a person is called so.</summary>
    private static readonly string[] Names =
        ["tickets", "users", "organizations", "groups", "contacts", "companies", "agents", "results"];

    public static int Of(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("\uFEFF"u8))
        {
            head = head[3..];
        }

        var start = head.IndexOfAnyExcept(" \t\r\n"u8);
        if (start < 0 || head[start] is not ((byte)'[' or (byte)'{'))
        {
            return Lines;
        }

        if (head[start] is (byte)'[')
        {
            return List;
        }

        var end = head[start..].IndexOf((byte)'\n');
        return HasNamedList(head[start..]) ? NamedLists
            : end < 0 || IsWhole(head.Slice(start, end)) || !IsAlone(head.Slice(start, end)) ? Lines
            : Bare;
    }

    private static bool HasNamedList(ReadOnlySpan<byte> head)
    {
        var reader = new Utf8JsonReader(head, isFinalBlock: false, state: default);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.PropertyName && reader.CurrentDepth == 1 && IsName(ref reader) && reader.Read() && reader.TokenType is JsonTokenType.StartArray)
                {
                    return true;
                }

                if (reader.TokenType is JsonTokenType.EndObject && reader.CurrentDepth == 0)
                {
                    return false; // the next object begins
                }
            }
        }
        catch (JsonException)
        {
            // Broken: each line tells by itself.
        }

        return false;
    }

    private static bool IsName(ref Utf8JsonReader reader)
    {
        foreach (var name in Names)
        {
            if (reader.ValueTextEquals(name))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsWhole(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        try
        {
            return reader.Read() && reader.TrySkip();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>A first line that is a bracket and no more: the object goes on below.</summary>
    private static bool IsAlone(ReadOnlySpan<byte> line) => line.TrimEnd(" \t\r"u8).SequenceEqual("{"u8);
}

/// <summary>Where a byte stands.</summary>
internal enum JsonStep
{
    Outside,
    Begins,
    Within,
    Ends,
}

/// <summary>Walks through JSON byte by byte, and tells where the objects at a depth begin and end.</summary>
internal sealed class JsonWalk(int level)
{
    private const int LongestName = 100;
    private readonly List<byte> _word = [];
    private string _key = "";
    private int _depth;
    private bool _quoted;
    private bool _escaped;

    /// <summary>The name of the list.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>An object has begun and not ended.</summary>
    public bool IsWithin { get; private set; }

    public JsonStep Take(byte b)
    {
        var within = IsWithin;
        if (_quoted)
        {
            Quoted(b);
        }
        else
        {
            switch (b)
            {
                case (byte)'"':
                    _quoted = true;
                    _word.Clear();
                    break;
                case (byte)'{' or (byte)'[':
                    Open(b);
                    break;
                case (byte)'}' or (byte)']' when _depth > 0:
                    Close();
                    break;
            }
        }

        return (within, IsWithin) switch
        {
            (false, true) => JsonStep.Begins,
            (true, true) => JsonStep.Within,
            (true, false) => JsonStep.Ends,
            (false, false) => JsonStep.Outside,
        };
    }

    private void Quoted(byte b)
    {
        if (_escaped)
        {
            _escaped = false;
        }
        else if (b is (byte)'\\')
        {
            _escaped = true;
        }
        else if (b is (byte)'"')
        {
            _quoted = false;
            _key = !IsWithin && _depth == 1 ? System.Text.Encoding.UTF8.GetString([.. _word]) : _key;
        }
        else if (!IsWithin && _word.Count < LongestName)
        {
            _word.Add(b);
        }
    }

    private void Open(byte b)
    {
        if (b is (byte)'{' && _depth == level && !IsWithin)
        {
            IsWithin = true;
        }
        else if (b is (byte)'[' && _depth == 1 && !IsWithin)
        {
            Kind = _key;
        }

        _depth++;
    }

    private void Close()
    {
        _depth--;
        if (_depth == level)
        {
            IsWithin = false;
        }
    }
}
