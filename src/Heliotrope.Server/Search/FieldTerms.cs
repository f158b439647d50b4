using Heliotrope.Core.OwnFields;
using Heliotrope.Core.Search;
using Heliotrope.Core.Segments;
using Heliotrope.Server.Database;
using Condition = System.Linq.Expressions.Expression<System.Func<Heliotrope.Core.Customers.Customer, bool>>;

namespace Heliotrope.Server.Search;

/// <summary>What stands in the fields of this desk's own: those of the person, or else of their organisation.</summary>
internal static class FieldTerms
{
    public static Condition Field(Asked asked, Value value)
    {
        var (db, test) = (asked.Db, FieldTest.Read(value.Said));
        var field = db.OwnFields.Where(f => f.Target != FieldTarget.Conversation).OrderBy(f => f.Target).ToList().Find(f => f.Name.Equals(test.Field, StringComparison.OrdinalIgnoreCase));
        if (field is null)
        {
            return c => false;
        }

        var kept = Values(db.CustomerFieldValues, field, test);
        var ours = Values(db.OrganisationFieldValues, field, test);
        return (field.Target, test.None) switch
        {
            (FieldTarget.Customer, false) => c => kept.Any(v => v.CustomerId == c.Id),
            (FieldTarget.Customer, true) => c => !kept.Any(v => v.CustomerId == c.Id),
            (_, false) => c => ours.Any(v => v.OrganisationId == c.OrganisationId),
            (_, true) => c => !ours.Any(v => v.OrganisationId == c.OrganisationId),
        };
    }

    private static IQueryable<T> Values<T>(IQueryable<T> all, OwnField field, FieldTest test)
        where T : KeptValue
    {
        var id = field.Id;
        all = all.Where(v => v.FieldId == id);
        if (test.None || test.Value.Length == 0)
        {
            return all;
        }

        var read = field.Read(test.Value);
        if (read.Refusal is not null)
        {
            return all.Where(v => false);
        }

        var (text, small, number) = (read.Value.Text, Small.Typed(read.Value.Text), read.Value.Number);
        return (field.Kind, test.Comparison) switch
        {
            (FieldKind.Number, Comparison.Less) => all.Where(v => v.Number < number),
            (FieldKind.Number, Comparison.AtMost) => all.Where(v => v.Number <= number),
            (FieldKind.Number, Comparison.More) => all.Where(v => v.Number > number),
            (FieldKind.Number, Comparison.AtLeast) => all.Where(v => v.Number >= number),
            (FieldKind.Number, _) => all.Where(v => v.Number == number),
            (_, Comparison.Less) => all.Where(v => v.Value.CompareTo(text) < 0),
            (_, Comparison.AtMost) => all.Where(v => v.Value.CompareTo(text) <= 0),
            (_, Comparison.More) => all.Where(v => v.Value.CompareTo(text) > 0),
            (_, Comparison.AtLeast) => all.Where(v => v.Value.CompareTo(text) >= 0),
            _ => all.Where(v => Small.Letters(v.Value) == small),
        };
    }
}
