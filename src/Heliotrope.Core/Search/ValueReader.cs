using System.Globalization;

namespace Heliotrope.Core.Search;

/// <summary>Reads one value of an operator.</summary>
internal static class ValueReader
{
    public static Value Read(Operator of, string said)
    {
        var (comparison, value) = Compared(said);
        return of.Kind switch
        {
            ValueKind.Name => Choice(of, said) is { } choice ? choice : new NameValue(said),
            ValueKind.Choice => Or(said, "query.choice", Choice(of, said)),
            ValueKind.When => Or(said, "query.date", comparison is Comparison.Same ? Time(said, comparison, said) : null),
            ValueKind.ComparedWhen => Or(said, "query.date", Time(said, comparison, value)),
            ValueKind.Length => Or(said, "query.length", Length(said, comparison, value)),
            ValueKind.ChoiceOrLength => Or(said, "query.length", Choice(of, said), Length(said, comparison, value)),
            _ => Or(said, "query.number", Number(said, comparison, value)),
        };
    }

    private static Value Or(string said, string code, params ReadOnlySpan<Value?> readings)
    {
        foreach (var reading in readings)
        {
            if (reading is not null)
            {
                return reading;
            }
        }

        return new UnreadValue(said, code);
    }

    private static ChoiceValue? Choice(Operator of, string said) => of.Choices.FirstOrDefault(c => c.Equals(said, StringComparison.OrdinalIgnoreCase)) is { } choice ? new(choice) : null;

    private static WhenValue? Time(string said, Comparison comparison, string value) => When.Read(value) is { } when ? new(said, comparison, when) : null;

    private static LengthValue? Length(string said, Comparison comparison, string value) =>
        Lengths.Read(value.ToLowerInvariant()) is var (count, unit) ? new(said, comparison, Lengths.Of(count, unit)) : null;

    private static NumberValue? Number(string said, Comparison comparison, string value) =>
        long.TryParse(value.StartsWith('#') ? value[1..] : value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new(said, comparison, number) : null;

    private static (Comparison Comparison, string Value) Compared(string said) => said switch
    {
        ['<', '=', .. var value] => (Comparison.AtMost, value),
        ['>', '=', .. var value] => (Comparison.AtLeast, value),
        ['<', .. var value] => (Comparison.Less, value),
        ['>', .. var value] => (Comparison.More, value),
        _ => (Comparison.Same, said),
    };
}
