using System.Text.Json;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Imports;

/// <summary>Why some of an import was left out, or read otherwise than it was written.</summary>
/// <param name="Code">A stable code, such as <c>broken</c>.</param>
/// <param name="Count">How many.</param>
/// <param name="Examples">The first of them: file, line or number, and what stood there.</param>
public sealed record ImportReason(string Code, int Count, IReadOnlyList<string> Examples);

/// <summary>A conversation to look at before anything is changed.</summary>
/// <param name="Number">The number that it had.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Messages">How many messages and notes.</param>
/// <param name="BeganAt">When it began (UTC).</param>
/// <param name="State">open, waiting or resolved: how it will stand here.</param>
/// <param name="WaitingSince">Since when the customer waits (UTC); null when they don't.</param>
public sealed record ImportSample(string Number, string Subject, int Messages, DateTimeOffset BeganAt, string State, DateTimeOffset? WaitingSince);

/// <summary>What an import would do, or has done.</summary>
internal sealed class ImportTally
{
    private const int MostExamples = 5;
    private const int MostSamples = 5;
    private const int MostNames = 50;
    private const int LongestExample = 200;

    public Dictionary<string, int> Counts { get; init; } = [];

    public Dictionary<string, ImportReason> Left { get; init; } = [];

    public Dictionary<string, ImportReason> Remarks { get; init; } = [];

    /// <summary>Colleagues there who have no account here: their names are kept.</summary>
    public List<string> Unmatched { get; init; } = [];

    public List<ImportSample> Samples { get; init; } = [];

    public int this[string name] => Counts.GetValueOrDefault(name);

    public static ImportTally Of(string json) => json.Length == 0 ? new() : JsonSerializer.Deserialize<ImportTally>(json) ?? new();

    public void Add(string name, int count = 1)
    {
        if (count > 0)
        {
            Counts[name] = this[name] + count;
        }
    }

    /// <summary>Something was left out.</summary>
    public void Leave(string code, string where, string about) => Note(Left, code, where, about);

    /// <summary>Something was read otherwise than it was written.</summary>
    public void Remark(string code, string where, string about) => Note(Remarks, code, where, about);

    public void NoAccount(string name)
    {
        if (Unmatched.Count < MostNames && name.Length > 0 && !Unmatched.Contains(name))
        {
            Unmatched.Add(name.Storable(LongestExample));
        }
    }

    public void Show(ImportSample sample)
    {
        if (Samples.Count < MostSamples)
        {
            Samples.Add(sample);
        }
    }

    public override string ToString() => JsonSerializer.Serialize(this);

    private static void Note(Dictionary<string, ImportReason> reasons, string code, string where, string about)
    {
        var reason = reasons.GetValueOrDefault(code) ?? new(code, 0, []);
        var example = (about.Length > 0 ? $"{where}: {about}" : where).ReplaceLineEndings(" ").Storable(LongestExample);
        reasons[code] = reason with { Count = reason.Count + 1, Examples = reason.Examples.Count < MostExamples ? [.. reason.Examples, example] : reason.Examples };
    }
}
