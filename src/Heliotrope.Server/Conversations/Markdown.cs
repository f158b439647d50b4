using System.Net;
using System.Text.RegularExpressions;
using Heliotrope.Core.Conversations;
using Markdig;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Heliotrope.Server.Conversations;

/// <summary>
/// The Markdown that colleagues write, as HTML for mail and for the desk. HTML in it is shown, never run. A picture among the words is
/// <c>![its name](file:id)</c> with the id of a file that goes along; pictures from elsewhere are words, since they would tell who reads when.
/// </summary>
internal static partial class Markdown
{
    /// <summary>The reader looks back from each bracket at those before it: tens of thousands would keep it busy for seconds.</summary>
    private const int MostBrackets = 1_000;

    private const string FileScheme = "file:";

    /// <summary>Behind the id, so that a Content-ID looks like one to every mail program (RFC 2392).</summary>
    private const string ContentIdEnd = "@picture";

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml()
        .UseAutoLinks()
        .UseSoftlineBreakAsHardlineBreak() // a line in a mail is a line
        .UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough)
        .Build();

    /// <summary>The words as HTML.</summary>
    /// <param name="text">The Markdown.</param>
    /// <param name="picture">The address of a file's picture by its id; null for one that is not there. Without it no picture is shown.</param>
    public static string ToHtml(string text, Func<string, string?>? picture = null)
    {
        try
        {
            return text.Count(c => c is '[') > MostBrackets ? Plain(text) : Render(text, picture ?? (_ => null));
        }
        catch (ArgumentException)
        {
            return Plain(text); // nested deeper than the reader goes
        }
    }

    /// <summary>What nobody means as Markdown; the words must still be shown.</summary>
    private static string Plain(string text) => $"<p>{WebUtility.HtmlEncode(text).ReplaceLineEndings("<br />")}</p>";

    /// <summary>A note as HTML, with links where colleagues are named. In code and in links a name is no more than its letters.</summary>
    /// <param name="text">The Markdown.</param>
    /// <param name="people">The colleagues who are named, and where a link to each leads.</param>
    public static string ToHtml(string text, IReadOnlyDictionary<string, string> people)
    {
        try
        {
            return people.Count == 0 || text.Count(c => c is '[') > MostBrackets ? ToHtml(text) : Render(text, _ => null, people);
        }
        catch (ArgumentException)
        {
            return Plain(text);
        }
    }

    /// <summary>The words for readers without HTML: where a picture is, its name.</summary>
    public static string ToText(string text) => Picture().Replace(text, match => $"[{match.Groups["name"].Value}]");

    /// <summary>The ids of the files that stand as pictures among the words.</summary>
    public static HashSet<string> Pictures(string text) => [.. Picture().Matches(text).Select(match => match.Groups["id"].Value)];

    /// <summary>How a mail names the picture with this id.</summary>
    public static string ContentIdOf(string id) => id + ContentIdEnd;

    /// <summary>Words of strangers within our Markdown: shown as they are, with no link and no picture made of them.</summary>
    public static string Escape(string text) => string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is <= ' ' or > '~' ? $"{c}" : $"\\{c}"));

    private static string Render(string text, Func<string, string?> picture, IReadOnlyDictionary<string, string>? people = null)
    {
        var document = Markdig.Markdown.Parse(text, Pipeline);
        foreach (var link in document.Descendants<LinkInline>().ToList())
        {
            if (link.IsImage)
            {
                Show(link, picture);
            }
            else if (!IsHarmless(link.Url))
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

        foreach (var literal in people is null ? [] : document.Descendants<LiteralInline>().Where(literal => literal.FindParentOfType<LinkInline>().Any() is false).ToList())
        {
            Name(literal, people!);
        }

        using var html = new StringWriter();
        var renderer = new HtmlRenderer(html);
        Pipeline.Setup(renderer);
        renderer.Render(document);
        return html.ToString();
    }

    private static void Name(LiteralInline literal, IReadOnlyDictionary<string, string> people)
    {
        var (text, done, last) = (literal.Content.ToString(), 0, (Inline)literal);
        foreach (var named in Mentions.In(text, people.Keys))
        {
            var link = new LinkInline(people[named.Name], "") { IsClosed = true };
            link.AppendChild(new LiteralInline(text.Substring(named.At, named.Length)));
            foreach (Inline piece in new Inline[] { new LiteralInline(text[done..named.At]), link })
            {
                last.InsertAfter(piece);
                last = piece;
            }

            done = named.At + named.Length;
        }

        if (done > 0)
        {
            last.InsertAfter(new LiteralInline(text[done..]));
            literal.Remove();
        }
    }

    private static void Show(LinkInline link, Func<string, string?> picture)
    {
        if (link.Url is { } url && url.StartsWith(FileScheme, StringComparison.Ordinal) && picture(url[FileScheme.Length..]) is { } address)
        {
            link.Url = address;
        }
        else if (IsHarmless(link.Url))
        {
            link.IsImage = false; // a link: nothing is fetched before somebody wants it
        }
        else
        {
            link.ReplaceBy(new LiteralInline(string.Concat(link.Descendants<LiteralInline>().Select(words => words.Content.ToString()))), copyChildren: false);
        }
    }

    private static bool IsHarmless(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" or "mailto" or "tel";

    [GeneratedRegex(@"!\[(?<name>[^\]\n]*)\]\(file:(?<id>[0-9a-z]+)\)")]
    private static partial Regex Picture();
}
