namespace Heliotrope.Core.Drivers;

/// <summary>
/// Tells why a customer had to write (docs/method.md, D1) as the organisation's own people told it before: it learns from their labelled
/// conversations, in any language, and from nothing else. The same rows give the same model, in whatever order they come.
/// Why it is made like this, and how well it does: docs/decisions/0020 and bench/README.md.
/// </summary>
public sealed class DriverModel
{
    /// <summary>A driver counts towards <see cref="FewestDrivers"/> from so many rows on.</summary>
    public const int FewestRows = 3;

    /// <summary>With fewer drivers there is nothing to tell apart.</summary>
    public const int FewestDrivers = 2;

    private const int MostReasons = 3;

    private readonly string[] _drivers;
    private readonly Committee? _committee;
    private readonly Sureness _sureness;

    private DriverModel(string[] drivers, Committee? committee, Sureness sureness) => (_drivers, _committee, _sureness) = (drivers, committee, sureness);

    /// <summary>Whether it has learned anything; if not, it says none, with a sureness of 0.</summary>
    public bool Knows => _committee is not null;

    /// <summary>Learns. Takes seconds for thousands of rows.</summary>
    /// <param name="rows">What people said of texts.</param>
    /// <returns>The model.</returns>
    public static DriverModel Train(IReadOnlyList<LabelledText> rows)
    {
        var read = rows.Select(row => (row.Text, Folded: Folded(row.Text ?? ""), Driver: string.IsNullOrWhiteSpace(row.Driver) ? null : row.Driver)).Where(row => row.Folded.Length > 0).ToArray();
        var sizes = read.Where(row => row.Driver is not null).CountBy(row => row.Driver!).ToArray();
        if (sizes.Count(size => size.Value >= FewestRows) < FewestDrivers)
        {
            return new([], null, default);
        }

        string[] drivers = [.. sizes.Select(size => size.Key).Order(StringComparer.Ordinal)];
        var examples = Examples(read, drivers);
        var strangers = examples.Any(example => example.Class == drivers.Length);
        var classes = drivers.Length + (strangers ? 1 : 0);
        var sureness = Sureness.Of(Rehearsal.Run(examples, drivers.Length, classes), strangers);
        return new(drivers, Committee.Learn(examples, classes), sureness);
    }

    /// <summary>Says why somebody had to write.</summary>
    /// <param name="text">Their words.</param>
    /// <returns>What it thinks, how sure it is, and because of which words.</returns>
    public DriverReading Read(string text)
    {
        var words = Word.Of(text ?? "");
        var shreds = Shred.Of(words);
        if (_committee?.Judge(shreds) is not { } said)
        {
            return new(null, 0, []);
        }

        var best = Rehearsal.Best(said, _drivers.Length);
        var odds = Rehearsal.Odds(said[best]);
        var share = _sureness.Share(odds);
        var strange = said.Length > _drivers.Length && said[^1] > said[best];
        return strange || odds < _sureness.Least
            ? new(null, 1 - share, [])
            : new(_drivers[best], share, Because(words, _committee.Explain(shreds, words.Count, best)));
    }

    /// <summary>The driver that comes nearest, however unsure that is: to offer one, not to say one.</summary>
    /// <param name="text">Somebody's words.</param>
    /// <returns>The driver; null when not a word is known.</returns>
    public string? Nearest(string text) =>
        _committee?.Judge(Shred.Of(Word.Of(text ?? ""))) is { } said ? _drivers[Rehearsal.Best(said, _drivers.Length)] : null;

    /// <summary>Sorted, so that the order in which rows come does not matter.</summary>
    private static List<Example> Examples(IEnumerable<(string Text, string Folded, string? Driver)> rows, string[] drivers)
    {
        var examples = new List<Example>();
        var sorted = rows
            .Select(row => (row.Text, row.Folded, Class: row.Driver is null ? drivers.Length : Array.BinarySearch(drivers, row.Driver, StringComparer.Ordinal)))
            .OrderBy(row => row.Class).ThenBy(row => row.Folded, StringComparer.Ordinal);
        foreach (var group in sorted.GroupBy(row => row.Class))
        {
            var rank = -1;
            var before = "";
            foreach (var (text, folded, kind) in group)
            {
                rank += folded == before ? 0 : 1;
                before = folded;
                examples.Add(new(text, kind, rank));
            }
        }

        return examples;
    }

    private static string Folded(string text) => string.Join(' ', Word.Of(text).Select(word => word.Folded));

    private static string[] Because(List<Word> words, float[] amounts)
    {
        var most = amounts.Max();
        return [.. words.Zip(amounts).GroupBy(pair => pair.First.Folded)
            .Select(same => (same.First().First.Shown, Amount: same.Max(pair => pair.Second)))
            .Where(word => word.Amount > 0 && word.Amount >= most / 3)
            .OrderByDescending(word => word.Amount)
            .Take(MostReasons)
            .Select(word => word.Shown)];
    }
}
