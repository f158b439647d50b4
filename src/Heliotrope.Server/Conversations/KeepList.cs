using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;

namespace Heliotrope.Server.Conversations;

/// <summary>
/// Whoever does something in a conversation comes back to it with the list beside it that it was opened from, at the same place. Forms do not carry the list:
/// the script says where it is, in a header; without a script it is the usual list.
/// </summary>
internal static partial class KeepList
{
    private const string Header = "Heliotrope-List";

    /// <summary>An address of ours is never longer.</summary>
    private const int Longest = 4_000;

    public static async ValueTask<object?> Beside(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        return result is RedirectHttpResult { Url: { } url } && Conversation().IsMatch(url)
            && context.HttpContext.Request.Headers[Header].ToString() is { Length: > 1 and < Longest } list
                ? Results.LocalRedirect(QueueRequest.Of(new QueryCollection(QueryHelpers.ParseQuery(list))).Href(url))
                : result;
    }

    [GeneratedRegex("^/conversations/[0-9]+$")]
    private static partial Regex Conversation();
}
