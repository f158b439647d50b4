using System.Globalization;
using Heliotrope.Core.Brands;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Macros;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Customers;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Brands;

/// <summary>Of whom and of what a mail speaks that is written by itself. What is not known is empty.</summary>
internal sealed record Spoken(string Us, string Customer, string By, string Subject, long Number, string Link)
{
    public string? Value(string field) => field switch
    {
        BrandWords.Link => Link,
        "desk.name" => Us,
        "agent.name" => By,
        "agent.first_name" => MacroText.FirstName(By),
        "customer.name" => Plain(CustomerWords.Greeting(Customer)),
        "customer.first_name" => MacroText.FirstName(Plain(CustomerWords.Greeting(Customer))),
        "conversation.subject" => Plain(Subject),
        "conversation.number" => Number.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>Words of a stranger go into a mail that nobody wrote only when they can be no link and no address.</summary>
    private static string Plain(string words) => StrangerWords.ArePlain(words) ? words : "";
}

/// <summary>A brand's own words in a mail that is written by itself.</summary>
/// <param name="Subject">Null for the usual one.</param>
/// <param name="Text">As plain text; null for the usual words.</param>
/// <param name="Marked">The same in Markdown, in which the words of strangers stand as they were written.</param>
internal sealed record OwnWords(string? Subject, string? Text, string Marked)
{
    /// <summary>The brand's words for a language; null where it has none.</summary>
    public static async Task<OwnWords?> Of(HeliotropeDb db, Brand? brand, TemplateKind kind, string language, Spoken spoken)
    {
        if (brand is null || await db.BrandTemplates.AsNoTracking().FirstOrDefaultAsync(t => t.BrandId == brand.Id && t.Kind == kind && t.Language == language) is not { } template)
        {
            return null;
        }

        string? Fill(string words, Func<string, string> written) => BrandWords.Fill(words, spoken.Value, written) is { Length: > 0 } filled ? filled : null;
        var text = Fill(template.Text, value => value);
        return new(Fill(template.Subject, value => value), text is null ? null : Markdown.ToText(text) + "\n", Fill(template.Text, Markdown.Escape) ?? "");
    }
}
