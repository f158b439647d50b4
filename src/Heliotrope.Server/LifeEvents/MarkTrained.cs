using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.LifeEvents;

/// <summary>Whether somebody is trained for hard times.</summary>
/// <param name="Trained">Whether they are.</param>
public sealed record TrainedBody(bool Trained);

/// <summary>Marks a colleague as trained for hard times, or no more: for whoever leads.</summary>
internal sealed class MarkTrained(Store store, TimeProvider time)
{
    public async Task<Result<TrainedBody>> Run(Actor actor, long user, TrainedBody body, CancellationToken cancel) => !actor.MayLead ? Refusal.NotAllowed : await store.Write<Result<TrainedBody>>(
        async db =>
        {
            if (await db.Users.FindAsync([user], cancel) is not { } person)
            {
                return ListUsers.Unknown(user);
            }

            if (body.Trained && person.Role is Role.Light)
            {
                return Refusal.Invalid("user.light", "They read and note, and answer no customers.", "trained");
            }

            var mark = await db.TrainedPeople.FindAsync([user], cancel);
            if (body.Trained == mark is not null)
            {
                return body;
            }

            if (mark is null)
            {
                db.TrainedPeople.Add(new() { UserId = user, ByName = actor.Name, At = time.Now() });
            }
            else
            {
                db.TrainedPeople.Remove(mark);
            }

            db.Audit.Add(AuditLine.Of(actor, body.Trained ? "user.trained" : "user.untrained", string.Create(CultureInfo.InvariantCulture, $"{person.Email}"), time.Now()));
            return body;
        },
        cancel);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/users/{id:long}/trained", async (long id, TrainedBody body, MarkTrained mark, HttpContext http) => (await mark.Run(http.Actor(), id, body, http.RequestAborted)).ToApi())
        .WithName("markTrained").WithSummary("Say whether a colleague is trained for hard times in customers' lives").Answers<TrainedBody>();
}
