using Heliotrope.Core.Search;

namespace Heliotrope.Core.Segments;

/// <summary>A condition on an own field: <c>Plan=Pro</c>, <c>Seats&gt;=10</c>, <c>Plan=none</c>.</summary>
/// <param name="Field">The field's name.</param>
/// <param name="Comparison">How it is compared.</param>
/// <param name="Value">With what; empty when the field only must have a value.</param>
public sealed record FieldTest(string Field, Comparison Comparison, string Value)
{
    /// <summary>Whether the field must have no value.</summary>
    public bool None => Comparison is Comparison.Same && Value.Equals("none", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a condition; a bare name asks for any value.</summary>
    /// <param name="said">As it was said.</param>
    /// <returns>The condition.</returns>
    public static FieldTest Read(string said)
    {
        ArgumentNullException.ThrowIfNull(said);
        var at = said.AsSpan().IndexOfAny("<>=");
        if (at < 0)
        {
            return new(said.Trim(), Comparison.Same, "");
        }

        var (comparison, length) = said[at..] switch
        {
            ['<', '=', ..] => (Comparison.AtMost, 2),
            ['>', '=', ..] => (Comparison.AtLeast, 2),
            ['<', ..] => (Comparison.Less, 1),
            ['>', ..] => (Comparison.More, 1),
            _ => (Comparison.Same, 1),
        };
        return new(said[..at].Trim(), comparison, said[(at + length)..].Trim());
    }
}
