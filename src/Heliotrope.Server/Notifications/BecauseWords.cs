using Heliotrope.Core;
using Heliotrope.Core.Notifications;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Notifications;

/// <summary>The words that say why somebody is told.</summary>
internal static class BecauseWords
{
    /// <summary>The name of a reason outside: <c>promise-soon</c>.</summary>
    public static string NameOf(Reason reason) => Codes.Of(reason);

    public static Reason? Find(string? name) => Codes.Find<Reason>(name);

    /// <summary>"Because Priya Nair gave it to you".</summary>
    public static string Of(NotificationRow row) => Of(row.Reason, row.Reason switch
    {
        Reason.Assigned or Reason.Mentioned or Reason.Followed or Reason.Rule => row.By.Length > 0 ? row.By : Core.People.Actor.System.Name,
        Reason.Answered or Reason.SaidNo => row.By.Length > 0 ? row.By : row.Customer, // somebody else may have answered for them
        _ => row.Customer,
    });

    public static string Of(Reason reason, string who) => Words.T("because." + NameOf(reason), who);

    /// <summary>What a reason is called where it is switched.</summary>
    public static string Label(Reason reason) => Words.T("reason." + NameOf(reason));

    public static string Title(NotificationRow row) => row.Subject.Length > 0 ? $"{row.Customer}: {row.Subject}" : row.Customer;
}
