using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.MailServices;

/// <summary>Lists the services that post mail to us.</summary>
internal sealed class ListMailServices(Store store)
{
    public async Task<Result<IReadOnlyList<MailServiceDetails>>> Run(Actor actor) => actor.MayAdminister
        ? await store.Read(db => db.MailServices.OrderBy(s => s.Id).Take(MailService.MostInAll)
            .Select(MailServiceDetails.Shape).ToListAsync())
        : Refusal.NotAllowed;

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/mail-services", async (ListMailServices list, HttpContext http) => (await list.Run(http.Actor())).ToApi())
        .RequireAuthorization(Policies.ApiAdmin).WithName("listMailServices").WithSummary("List the services that post mail to us").Answers<IReadOnlyList<MailServiceDetails>>();
}
