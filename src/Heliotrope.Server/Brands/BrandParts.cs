using Heliotrope.Core;
using Heliotrope.Core.Brands;
using Heliotrope.Server.Customers;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Brands;

/// <summary>What belongs to a brand: addresses and templates. What is given is all of it; what is left out stays.</summary>
internal static class BrandParts
{
    public static Task<List<string>> AddressesOf(HeliotropeDb db, long brand) => db.OurAddresses.Where(a => a.BrandId == brand).OrderBy(a => a.Address).Select(a => a.Address).ToListAsync();

    /// <summary>What a form calls the text of a template.</summary>
    public static string FieldOf(TemplateKind kind, string language) => $"{Codes.Of(kind)}-{language}";

    /// <summary>Looks at all of it before anything is changed.</summary>
    public static async Task<Refusal?> Check(HeliotropeDb db, BrandBody body)
    {
        if (await OurAddressList.Unknown(db, body.Addresses) is { } unknown)
        {
            return unknown;
        }

        foreach (var template in body.Templates ?? [])
        {
            if (template is null || KindOf(template) is not { } kind)
            {
                return Refusal.Invalid("brand.template", $"A template is for one of {string.Join(", ", Enum.GetValues<TemplateKind>().Select(Codes.Of))}.", "templates");
            }

            if (!CustomerWords.Languages.Contains(LanguageOf(template)))
            {
                return Refusal.Invalid("brand.language", $"A language is one of {string.Join(", ", CustomerWords.Languages)}.", "templates");
            }

            if (BrandWords.WrongTemplate(kind, Subject(template), Text(template), FieldOf(kind, LanguageOf(template))) is { } wrong)
            {
                return wrong;
            }
        }

        return null;
    }

    public static async Task Set(HeliotropeDb db, long brand, BrandBody body)
    {
        await OurAddressList.Give(db, body.Addresses, brand, address => address.BrandId, (address, to) => address.BrandId = to);
        if (body.Templates is { } templates)
        {
            db.BrandTemplates.RemoveRange(await db.BrandTemplates.Where(t => t.BrandId == brand).ToListAsync());
            await db.SaveChangesAsync();
            db.BrandTemplates.AddRange(templates
                .Select(t => new BrandTemplate { BrandId = brand, Kind = KindOf(t)!.Value, Language = LanguageOf(t), Subject = KindOf(t) is TemplateKind.Confidence ? Subject(t) : "", Text = Text(t) })
                .Where(t => t.Subject.Length + t.Text.Length > 0).DistinctBy(t => (t.Kind, t.Language)));
        }
    }

    private static TemplateKind? KindOf(TemplateBody template) => Codes.Find<TemplateKind>((template.Kind ?? "").Trim().ToLowerInvariant());

    private static string LanguageOf(TemplateBody template) => (template.Language ?? "").Trim().ToLowerInvariant();

    private static string Subject(TemplateBody template) => string.Join(' ', (template.Subject ?? "").Storable(BrandWords.MaxSubject * 4).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Text(TemplateBody template) => (template.Text ?? "").ReplaceLineEndings("\n").Trim().Storable(BrandWords.MaxText + 1);
}
