using System.Net;
using Markdig;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Heliotrope.Server.Conversations;

/// <summary>The Markdown that colleagues write, as HTML for mail and for the desk. HTML in it is shown, never run.</summary>
internal static class Markdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml()
        .UseAutoLinks()
        .UseSoftlineBreakAsHardlineBreak() // a line in a mail is a line
        .UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough)
        .Build();

    public static string ToHtml(string text)
    {
        try
        {
            return Render(text);
        }
        catch (ArgumentException)
        {
            // Nested deeper than the reader goes: nobody means that as Markdown, and the words must still be shown.
            return $"<p>{WebUtility.HtmlEncode(text).ReplaceLineEndings("<br />")}</p>";
        }
    }

    /// <summary>Words of strangers within our Markdown: shown as they are, with no link and no picture made of them.</summary>
    public static string Escape(string text) => string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is <= ' ' or > '~' ? $"{c}" : $"\\{c}"));

    private static string Render(string text)
    {
        var document = Markdig.Markdown.Parse(text, Pipeline);
        foreach (var link in document.Descendants<LinkInline>())
        {
            if (!IsHarmless(link.Url))
            {
                link.Url = "";
            }
        }

        foreach (var link in document.Descendants<AutolinkInline>())
        {
            if (!link.IsEmail && !IsHarmless(link.Url))
            {
                link.Url = "";
            }
        }

        using var html = new StringWriter();
        var renderer = new HtmlRenderer(html);
        Pipeline.Setup(renderer);
        renderer.Render(document);
        return html.ToString();
    }

    private static bool IsHarmless(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" or "mailto" or "tel";
}
