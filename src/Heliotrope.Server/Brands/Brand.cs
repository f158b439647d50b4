using Heliotrope.Core.Brands;
using Heliotrope.Server.Settings;

namespace Heliotrope.Server.Brands;

/// <summary>A face that the organisation shows to whoever writes to some of its addresses.</summary>
public sealed class Brand : IOrganisationSetting
{
    /// <summary>Given by the database.</summary>
    public long Id { get; set; }

    /// <summary>Who customers are told that we are; no two are alike, whatever the capitals.</summary>
    public string Name { get; set; } = "";

    /// <summary>What stands below what colleagues write: Markdown with the fields of <see cref="BrandWords.OfSignature"/>. Empty for nothing.</summary>
    public string Signature { get; set; } = "";

    /// <summary>The team that answers at its addresses, where an address names none itself.</summary>
    public long? TeamId { get; set; }

    /// <summary>A zone of the IANA database; empty where the brand has no hours of its own.</summary>
    public string Zone { get; set; } = "";

    /// <summary>As <see cref="Core.Targets.WorkingHours.Parse"/> reads them; empty for those of the team.</summary>
    public string Hours { get; set; } = "";

    /// <summary>As <see cref="Core.Targets.WorkingHours.Parse"/> reads them.</summary>
    public string Holidays { get; set; } = "";
}

/// <summary>Words of a brand's own for a mail that is written by itself.</summary>
public sealed class BrandTemplate
{
    public long BrandId { get; set; }

    public TemplateKind Kind { get; set; }

    /// <summary>A two-letter code.</summary>
    public string Language { get; set; } = "";

    /// <summary>Empty for the usual one.</summary>
    public string Subject { get; set; } = "";

    /// <summary>In Markdown, with the fields of <see cref="BrandWords.OfText"/>; empty for the usual words.</summary>
    public string Text { get; set; } = "";
}
