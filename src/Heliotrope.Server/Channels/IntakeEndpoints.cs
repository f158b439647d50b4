using Heliotrope.Core;
using Heliotrope.Core.Customers;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.AspNetCore.Http.Features;

namespace Heliotrope.Server.Channels;

/// <summary>What became of a mail.</summary>
/// <param name="Status">stored, duplicate (the same mail was stored before) or quarantined.</param>
/// <param name="Conversation">The number of its conversation; null in quarantine.</param>
public sealed record IntakeAnswer(string Status, long? Conversation);

/// <summary>Takes in one mail for whoever hands it over: a program with a key, or the command line.</summary>
internal sealed class ReceiveMail(Intake intake, Store store)
{
    public async Task<Result<IntakeAnswer>> Run(Actor actor, IncomingMail mail, CancellationToken cancel)
    {
        if (!actor.MayWork)
        {
            return Refusal.NotAllowed;
        }

        if (mail.Raw.Length == 0)
        {
            return Refusal.Invalid("mail.empty", "Send the RFC 5322 message as the request's body.");
        }

        if (mail.EnvelopeTo is [var to])
        {
            var organisation = await store.Read(Organisation.Of);
            if (!EmailAddress.TryParse(to, out var recipient) || !organisation.Accepts(recipient))
            {
                return Refusal.Invalid("recipient.unknown", "Nobody here has this address.", "to");
            }
        }

        var outcome = await intake.Accept(mail, cancel);
        return new IntakeAnswer(NameOf(outcome.Status), outcome.Conversation);
    }

    public static string NameOf(IntakeStatus status) => status switch
    {
        IntakeStatus.Stored => "stored",
        IntakeStatus.Duplicate => "duplicate",
        IntakeStatus.Quarantined => "quarantined",
    };
}

internal static class IntakeEndpoints
{
    public static void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder local)
    {
        api.MapPost("/intake/mail", (HttpContext http, string? to, ReceiveMail receive) => Receive(http, to, "api", receive))
            .WithName("intakeMail").WithSummary("Take in a raw RFC 5322 message").WithDescription("The body is the message, byte for byte; its content type is not looked at. The answer comes after the message is on the disk.").Answers<IntakeAnswer>();
        local.MapPost("/mail", (HttpContext http, string? to, ReceiveMail receive) => Receive(http, to, "pipe", receive)).RequireAuthorization(Policies.Local);
    }

    private static async Task<IResult> Receive(HttpContext http, string? to, string source, ReceiveMail receive)
    {
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = MailLimit.Bytes;
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var raw = body.GetBuffer().AsMemory(0, (int)body.Length);
        return (await receive.Run(http.Actor(), new(raw, "", string.IsNullOrWhiteSpace(to) ? [] : [to], source), http.RequestAborted)).ToApi();
    }
}
