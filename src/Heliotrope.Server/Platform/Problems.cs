using Heliotrope.Core;

namespace Heliotrope.Server.Platform;

/// <summary>Where refusals become HTTP: RFC 9457 problem details with a stable code.</summary>
internal static class Problems
{
    public static int StatusOf(Refusal refusal) => refusal.Kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status422UnprocessableEntity,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
    };

    public static IResult ToProblem(this Refusal refusal)
    {
        var extensions = new Dictionary<string, object?> { ["code"] = refusal.Code };
        if (refusal.Field is { } field)
        {
            extensions["field"] = field;
        }

        return TypedResults.Problem(refusal.Detail, statusCode: StatusOf(refusal), title: Title(refusal.Kind), type: "about:blank", extensions: extensions);
    }

    /// <summary>The answer of an API endpoint: the value, or the problem.</summary>
    public static IResult ToApi<T>(this Result<T> result) =>
        result.Match(value => TypedResults.Ok(value), refusal => refusal.ToProblem());

    private static string Title(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => "This cannot be right",
        RefusalKind.NotFound => "Not found",
        RefusalKind.Forbidden => "Not allowed",
        RefusalKind.Conflict => "Not in the present state",
    };
}
