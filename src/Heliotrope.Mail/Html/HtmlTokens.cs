using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;

namespace Heliotrope.Mail.Html;

/// <summary>
/// The tags and texts of a document in order. No tree is built: a tree of hostile HTML can be deep enough to exhaust
/// the stack and grow with the square of the input, a stream of tokens cannot.
/// </summary>
internal static class HtmlTokens
{
    /// <summary>Longer documents are cut here, so that one message cannot fill the memory.</summary>
    public const int MaxChars = 8 * 1024 * 1024;

    public static IEnumerable<HtmlToken> Read(string html, int maxChars = MaxChars)
    {
        using var source = new TextSource(html.Length > maxChars ? html[..maxChars] : html);
        using var tokenizer = new HtmlTokenizer(source, HtmlEntityProvider.Resolver)
        {
            SkipComments = true,
            SkipScriptText = true,
        };
        while (true)
        {
            var token = tokenizer.Get();
            if (token.Type == HtmlTokenType.EndOfFile)
            {
                yield break;
            }
            if (token.Type == HtmlTokenType.StartTag)
            {
                // A tree builder would tell the tokenizer how to read the content of these.
                tokenizer.State = ContentOf(token.Name);
            }
            if (token.Type is HtmlTokenType.StartTag or HtmlTokenType.EndTag or HtmlTokenType.Character)
            {
                yield return token;
            }
        }
    }

    private static HtmlParseMode ContentOf(string name) => name switch
    {
        "title" or "textarea" => HtmlParseMode.RCData,
        "style" or "xmp" or "iframe" or "noembed" or "noframes" => HtmlParseMode.Rawtext,
        "script" => HtmlParseMode.Script,
        "plaintext" => HtmlParseMode.Plaintext,
        _ => HtmlParseMode.PCData,
    };
}
