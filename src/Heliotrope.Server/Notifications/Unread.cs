using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Notifications;

/// <summary>What the viewer has not read, for the bell in the bar of every page.</summary>
internal static class Unread
{
    public static PageCount Count { get; } = new((db, user, _) => ListNotifications.Theirs(db, user).Where(n => n.ReadAt == null).Take(ListNotifications.MostUnread).CountAsync());
}
