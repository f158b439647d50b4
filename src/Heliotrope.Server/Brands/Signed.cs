using Heliotrope.Core.Brands;
using Heliotrope.Core.Macros;
using Heliotrope.Core.People;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Settings;

namespace Heliotrope.Server.Brands;

/// <summary>A signature as it stands below the words of a colleague. It is no part of those words: nothing reads it or keeps it with them.</summary>
/// <param name="Lines">As plain text; empty for none.</param>
/// <param name="Html">As HTML, its separator included; empty for none.</param>
public sealed record Signed(string Lines, string Html)
{
    /// <summary>Of no brand, or of one without.</summary>
    public static readonly Signed Nothing = new("", "");

    /// <summary>The separator is two hyphens and a blank (RFC 3676 section 4.3), by which programs tell it from the words. The class is known to our own reader of mail.</summary>
    private const string Begin = """<div class="heliotrope-signature">-- <br />""";

    /// <summary>That of the brand of an address of ours, for whoever writes.</summary>
    internal static Signed Of(Organisation organisation, string our, Actor by)
    {
        if (organisation.BrandOf(our) is not { Signature.Length: > 0 } brand)
        {
            return Nothing;
        }

        var agent = by.Kind is ActorKind.Person ? by.Name : "";
        string? Value(string field) => field switch
        {
            "agent.name" => agent,
            "agent.first_name" => MacroText.FirstName(agent),
            "desk.name" => brand.Name,
            _ => null,
        };
        var lines = Markdown.ToText(BrandWords.Fill(brand.Signature, Value, value => value));
        return lines.Length == 0 ? Nothing : new(lines, $"{Begin}{Markdown.ToHtml(BrandWords.Fill(brand.Signature, Value, Markdown.Escape))}</div>\n");
    }

    /// <summary>Below the text of a mail.</summary>
    public string Below(string text) => Lines.Length == 0 ? text : $"{text.TrimEnd('\n')}\n\n-- \n{Lines}";
}
