using Heliotrope.Core.Customers;
using Heliotrope.Core.Search;

namespace Heliotrope.Core.Segments;

/// <summary>People who have something in common, said as a query; who they are is counted anew each time.</summary>
public sealed class Segment
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxName = 60;

    /// <summary>The most segments: they are tabs, and each is counted.</summary>
    public const int Most = 100;

    private Segment() => (Name, NameKey, Text) = ("", "", "");

    /// <summary>The id.</summary>
    public long Id { get; private set; }

    /// <summary>What it is called; <c>segment:name</c> finds it.</summary>
    public string Name { get; private set; }

    /// <summary>The name as it is compared: no two have the same.</summary>
    public string NameKey { get; private set; }

    /// <summary>Which people, in the language of the search.</summary>
    public string Text { get; private set; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Part of the demo company, and removed with it.</summary>
    public bool Demo { get; private set; }

    /// <summary>Which people.</summary>
    public Query Query => PeopleOperators.Read(Text);

    /// <summary>A new segment.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="text">Which people.</param>
    /// <param name="now">When (UTC).</param>
    /// <returns>The segment, or the refusal.</returns>
    public static Result<Segment> Of(string name, string text, DateTimeOffset now)
    {
        var made = new Segment { CreatedAt = now };
        return made.Change(name, text) is { } refusal ? refusal : made;
    }

    /// <summary>Gives it another name or other people. What was not understood is refused here, since nobody looks at it later.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="text">Which people.</param>
    /// <returns>The refusal; null when done.</returns>
    public Refusal? Change(string name, string text)
    {
        var plain = Folded.OneLine(name);
        if (plain.Length is 0 or > MaxName)
        {
            return Refusal.Invalid("segment.name", $"A name has 1 to {MaxName} characters.", "name");
        }

        var query = PeopleOperators.Read(text);
        if (query.Problems is [var problem, ..])
        {
            return new(RefusalKind.Invalid, "segment.query", "A part of the query is not understood.", "query", problem.About.Length > 0 ? problem.About : text[..Math.Min(text.Length, 40)]);
        }

        if (query.IsEmpty)
        {
            return Refusal.Invalid("segment.empty", "Say which people: this would be everybody.", "query");
        }

        (Name, NameKey, Text) = (plain, Folded.Of(plain), query.ToString());
        return null;
    }

    /// <summary>Marks it as part of the demo company.</summary>
    public void MarkDemo() => Demo = true;
}
