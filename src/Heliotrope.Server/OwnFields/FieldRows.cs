using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.OwnFields;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.OwnFields;

/// <summary>A field of this desk's own, with its value.</summary>
/// <param name="Id">The field's id.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Kind">text, number, date, choice or link.</param>
/// <param name="Choices">The words of a choice.</param>
/// <param name="Value">The value; null while there is none.</param>
public sealed record FieldDetails(long Id, string Name, FieldKind Kind, IReadOnlyList<string> Choices, string? Value);

/// <summary>Reads and writes the values of own fields.</summary>
internal static class FieldRows
{
    /// <summary>All fields of a target in the order in which they were made, with the values of one row.</summary>
    public static async Task<List<FieldDetails>> Of(HeliotropeDb db, FieldTarget target, long id)
    {
        var fields = await db.OwnFields.AsNoTracking().Where(f => f.Target == target).OrderBy(f => f.Id).Take(OwnField.Most).ToListAsync();
        if (fields.Count == 0)
        {
            return [];
        }

        var values = await Values(db, target, id).ToDictionaryAsync(v => v.FieldId, v => v.Value);
        return fields.ConvertAll(f => new FieldDetails(f.Id, f.Name, f.Kind, f.Words, values.GetValueOrDefault(f.Id)));
    }

    /// <summary>Sets values by the names or the ids of their fields; null or nothing takes one away.</summary>
    public static async Task<Refusal?> Set(HeliotropeDb db, FieldTarget target, long id, IReadOnlyDictionary<string, string?>? given)
    {
        if (given is not { Count: > 0 })
        {
            return null;
        }

        var fields = await db.OwnFields.Where(f => f.Target == target).ToListAsync();
        foreach (var (name, typed) in given)
        {
            if (Find(fields, name) is not { } field)
            {
                return new(RefusalKind.Invalid, "field.unknown", "There is no such field.", "fields", name.Storable(OwnField.MaxName));
            }

            if (await Keep(db, field, id, (typed ?? "").Storable(OwnField.MaxValue + 1)) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    public static OwnField? Find(List<OwnField> fields, string name) =>
        fields.Find(f => f.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase))
        ?? (long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? fields.Find(f => f.Id == id) : null);

    private static async Task<Refusal?> Keep(HeliotropeDb db, OwnField field, long id, string typed)
    {
        KeptValue? kept = field.Target switch
        {
            FieldTarget.Customer => await db.CustomerFieldValues.FindAsync(id, field.Id),
            FieldTarget.Organisation => await db.OrganisationFieldValues.FindAsync(id, field.Id),
            _ => await db.ConversationFieldValues.FindAsync(id, field.Id),
        };
        if (string.IsNullOrWhiteSpace(typed))
        {
            if (kept is not null)
            {
                db.Remove(kept);
            }

            return null;
        }

        var read = field.Read(typed);
        if (read.Refusal is { } refusal)
        {
            return refusal;
        }

        if (kept is null)
        {
            kept = field.Target switch
            {
                FieldTarget.Customer => new CustomerFieldValue { CustomerId = id, FieldId = field.Id },
                FieldTarget.Organisation => new OrganisationFieldValue { OrganisationId = id, FieldId = field.Id },
                _ => new ConversationFieldValue { ConversationNumber = id, FieldId = field.Id },
            };
            db.Add(kept);
        }

        kept.Keep(read.Value);
        return null;
    }

    private static IQueryable<KeptValue> Values(HeliotropeDb db, FieldTarget target, long id) => target switch
    {
        FieldTarget.Customer => db.CustomerFieldValues.AsNoTracking().Where(v => v.CustomerId == id),
        FieldTarget.Organisation => db.OrganisationFieldValues.AsNoTracking().Where(v => v.OrganisationId == id),
        _ => db.ConversationFieldValues.AsNoTracking().Where(v => v.ConversationNumber == id),
    };
}
