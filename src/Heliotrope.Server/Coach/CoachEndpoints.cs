using Heliotrope.Core;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Drafts;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Heliotrope.Server.Coach;

/// <summary>Where the composer asks the coach, with a script at each pause and without one by a button.</summary>
internal static class CoachEndpoints
{
    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapPost("/conversations/{number:long}/coach", (long number, CoachReply coach, AddUploads add, HttpContext http) => Read(number, coach, add, http)).WithMetadata(DraftForm.Limit);
        desk.MapPost("/conversations/{number:long}/coach/not-here", (long number, SilenceRemark silence, AddUploads add, HttpContext http) => NotHere(number, silence, add, http)).WithMetadata(DraftForm.Limit);
        desk.MapPost("/conversations/new/coach", (CoachReply coach, AddUploads add, HttpContext http) => Read(null, coach, add, http)).WithMetadata(DraftForm.Limit);
        desk.MapPost("/conversations/new/coach/not-here", (SilenceRemark silence, AddUploads add, HttpContext http) => NotHere(null, silence, add, http)).WithMetadata(DraftForm.Limit);
        desk.MapGet("/coach/silences", async (SilenceRemark silence, Pages pages, HttpContext http) => (await silence.List(http.Actor())).Match(
            silences => Pages.Component<SilencesPage>(new { Viewer = pages.Viewer(http), Silences = silences }),
            Pages.Refused));
        desk.MapGet("/coach/remarks/{kind}", async (string kind, CountRemarks remarks, Pages pages, HttpContext http) => RemarkNames.Find(kind) is not { } found
            ? Pages.Refused(new(RefusalKind.NotFound, "remark.unknown", "There is no such kind of remark."))
            : Pages.Component<RemarksPage>(new { Viewer = pages.Viewer(http), Kind = found, Replies = (IReadOnlyList<RemarkedReply>)await remarks.Behind(http.Actor(), found, null) }));
        desk.MapPost("/coach/silences/remove", async ([FromForm] long id, SilenceRemark silence, HttpContext http) =>
            await silence.Remove(http.Actor(), id, http.RequestAborted) is { } refusal ? Pages.Refused(refusal) : Results.LocalRedirect("/coach/silences"));
    }

    private static async Task<IResult> Read(long? number, CoachReply coach, AddUploads add, HttpContext http)
    {
        var form = await DraftForm.Read(http, number);
        return form.Scripted
            ? (await coach.Run(http.Actor(), number, form.Body.Text ?? "", form.Body.Recipient, http.RequestAborted)).Match<IResult>(coached => TypedResults.Ok(coached), refusal => refusal.ToProblem())
            : await Checked(form, add, http);
    }

    private static async Task<IResult> NotHere(long? number, SilenceRemark silence, AddUploads add, HttpContext http)
    {
        var form = await DraftForm.Read(http, number);
        var refusal = await silence.Run(http.Actor(), number, http.Request.Form["unwanted"], http.RequestAborted);
        return form.Scripted ? refusal?.ToProblem() ?? Results.NoContent() : refusal is null ? await Checked(form, add, http) : Pages.Refused(refusal);
    }

    /// <summary>Keeps what was typed and shows its page, which then says what the coach does.</summary>
    private static async Task<IResult> Checked(DraftForm form, AddUploads add, HttpContext http)
    {
        var kept = await add.Run(http.Actor(), form.Body, form.Age, form.Files, http.RequestAborted);
        var draft = kept.Refusal is null && kept.Value > 0 ? kept.Value : form.Body.Id;
        return kept.Refusal is { Kind: not RefusalKind.Conflict } refusal ? Pages.Refused(refusal)
            : Results.LocalRedirect(form.Body.Conversation is { } number ? $"/conversations/{number}?check=yes" : DraftEndpoints.NewAddress(draft) + (draft is null ? "" : "&check=yes"));
    }
}
