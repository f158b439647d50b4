using Heliotrope.Server.Coach;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Notifications;

/// <summary>What the page of a person's own things shows.</summary>
/// <param name="Notifications">How they want to be told.</param>
/// <param name="Form">What the form holds after a refusal.</param>
/// <param name="Kept">The form was just kept.</param>
/// <param name="Coach">What became of the coach's remarks on their replies.</param>
/// <param name="Morning">When they want their morning by mail, in minutes after midnight; null for never.</param>
public sealed record MeView(MyNotifications Notifications, FormState Form, bool Kept, CoachFigures Coach, int? Morning);

/// <summary>A person's own page: how they are told, keys, language, and their own figures first.</summary>
internal sealed class MePages(Store store, NotificationSettings settings, CountRemarks remarks, Pages pages)
{
    public async Task<IResult> Show(HttpContext http, FormState? form = null)
    {
        var actor = http.Actor();
        var view = new MeView(await settings.Of(actor), form ?? FormState.Fresh, http.Request.Query["kept"] == "yes", await remarks.Run(actor),
            await store.Read(db => db.MorningMails.Where(m => m.UserId == actor.Id).Select(m => (int?)m.Minute).FirstOrDefaultAsync()));
        return Pages.Form<MePage>(new { Viewer = pages.Viewer(http), View = view }, form is not null);
    }

    public static void Map(IEndpointRouteBuilder desk) => desk.MapGet("/me", (MePages me, HttpContext http) => me.Show(http));
}
