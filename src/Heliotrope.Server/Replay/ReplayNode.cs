using Heliotrope.Server.Platform;
using YamlDotNet.RepresentationModel;

namespace Heliotrope.Server.Replay;

/// <summary>What is wrong with a history, each with its place: all of it is said at once, as far as anybody reads on.</summary>
internal sealed class ReplayProblems
{
    private const int Most = 20;

    private readonly List<string> _all = [];

    public bool Any => _all.Count > 0;

    public void Add(Place place, string words)
    {
        if (_all.Count <= Most)
        {
            _all.Add($"{place}: {words}");
        }
    }

    public override string ToString() => _all.Count <= Most ? string.Join('\n', _all) : string.Join('\n', [.. _all.Take(Most), "… and more."]);
}

/// <summary>A mapping of a file. Whoever reads it says at once which keys it may have.</summary>
internal sealed class ReplayNode
{
    private readonly Dictionary<string, YamlNode> _values = new(StringComparer.Ordinal);
    private readonly ReplayProblems _problems;

    public ReplayNode(ReplayProblems problems, string file, YamlNode node, string what, params string[] keys)
    {
        (_problems, Place) = (problems, new(file, node.Start.Line));
        if (node is not YamlMappingNode mapping)
        {
            problems.Add(Place, $"{what} is written as \"key: value\" lines.");
            return;
        }

        foreach (var (key, value) in mapping.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (keys.Contains(name))
            {
                _values[name] = value;
            }
            else
            {
                problems.Add(new(file, key.Start.Line), $"{what} has no \"{name}\". It has: {string.Join(", ", keys)}.");
            }
        }
    }

    public Place Place { get; }

    public bool Has(string key) => _values.ContainsKey(key);

    public IEnumerable<string> Present(params string[] keys) => keys.Where(Has);

    public Place PlaceOf(string key) => _values.TryGetValue(key, out var value) ? new(Place.File, value.Start.Line) : Place;

    public void Wrong(string key, string words) => _problems.Add(PlaceOf(key), words);

    /// <summary>A value; null when it is not there, or when it is null.</summary>
    public string? Text(string key)
    {
        if (!_values.TryGetValue(key, out var node))
        {
            return null;
        }

        if (node is YamlScalarNode scalar)
        {
            return scalar.Style is YamlDotNet.Core.ScalarStyle.Plain && scalar.Value is "" or "null" or "~" ? null : Storable(scalar);
        }

        Wrong(key, $"\"{key}\" is one value.");
        return null;
    }

    private string Storable(YamlScalarNode scalar)
    {
        var (value, storable) = (scalar.Value ?? "", (scalar.Value ?? "").Storable(int.MaxValue));
        if (storable != value)
        {
            _problems.Add(new(Place.File, scalar.Start.Line), "There is a character in it that cannot be kept.");
        }

        return storable;
    }

    /// <summary>A value that has to be there.</summary>
    public string Need(string key)
    {
        if (Text(key) is { } text && !string.IsNullOrWhiteSpace(text))
        {
            return text;
        }

        if (_values.GetValueOrDefault(key) is null or YamlScalarNode)
        {
            Wrong(key, $"\"{key}\" is missing.");
        }

        return "";
    }

    public bool Flag(string key)
    {
        switch (Text(key))
        {
            case null or "false" or "no":
                return false;
            case "true" or "yes":
                return true;
            default:
                Wrong(key, $"\"{key}\" is yes or no.");
                return false;
        }
    }

    public TimeSpan Span(string key)
    {
        var text = Need(key);
        if (text.Length == 0 || ReplayTime.Span(text) is { } span)
        {
            return text.Length == 0 ? default : ReplayTime.Span(text)!.Value;
        }

        Wrong(key, $"\"{text}\" is no length of time, such as 4h or 1h 30m.");
        return default;
    }

    /// <summary>A list of values; a single one stands for a list of one.</summary>
    public IReadOnlyList<(string Value, Place Place)> Texts(string key)
    {
        if (!_values.TryGetValue(key, out var node))
        {
            return [];
        }

        var values = new List<(string, Place)>();
        foreach (var item in node is YamlSequenceNode list ? list.Children : [node])
        {
            if (item is YamlScalarNode { Value.Length: > 0 } scalar)
            {
                values.Add((Storable(scalar), new(Place.File, item.Start.Line)));
            }
            else
            {
                _problems.Add(new(Place.File, item.Start.Line), $"\"{key}\" is a list of values.");
            }
        }

        return values;
    }

    /// <summary>A list of mappings.</summary>
    public IEnumerable<ReplayNode> Items(string key, string what, params string[] keys)
    {
        if (!_values.TryGetValue(key, out var node))
        {
            yield break;
        }

        if (node is not YamlSequenceNode list)
        {
            Wrong(key, $"\"{key}\" is a list.");
            yield break;
        }

        foreach (var item in list.Children)
        {
            yield return new(_problems, Place.File, item, what, keys);
        }
    }

    public ReplayNode? Inner(string key, string what, params string[] keys) =>
        _values.TryGetValue(key, out var node) ? new(_problems, Place.File, node, what, keys) : null;
}
