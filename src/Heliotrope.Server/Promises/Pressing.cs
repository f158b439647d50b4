using Heliotrope.Core.Promises;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Promises;

/// <summary>The promises that press whoever looks at a page: a reminder in the bar of every page.</summary>
internal static class Pressing
{
    public static PageCount Count { get; } = new((db, owner, now) => db.Promises.CountAsync(p => p.OwnerId == owner
        && ((p.State == PromiseState.Open && p.RemindAt <= now) || (p.State == PromiseState.Broken && p.DoneAt == null))));
}
