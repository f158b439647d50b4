using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.MailServices;

/// <summary>
/// Counts what came from a service. Written past the change tracker: a service is a setting, and a tracked change would make every process read
/// all settings again with every mail. A count that fails does not undo a mail that is stored.
/// </summary>
internal sealed class CountPosts(Store store, TimeProvider time, ILogger<CountPosts> log)
{
    public Task Taken(long service, int mails)
    {
        var now = time.Now();
        return Write(service, db => db.MailServices.Where(s => s.Id == service).ExecuteUpdateAsync(set => set.SetProperty(s => s.Taken, s => s.Taken + mails).SetProperty(s => s.LastMailAt, now)));
    }

    public Task Refused(long service, string code)
    {
        var now = time.Now();
        return Write(service, db => db.MailServices.Where(s => s.Id == service).ExecuteUpdateAsync(set => set
            .SetProperty(s => s.Refused, s => s.Refused + 1).SetProperty(s => s.LastProblem, code).SetProperty(s => s.LastProblemAt, now)));
    }

    private async Task Write(long service, Func<HeliotropeDb, Task<int>> write)
    {
        try
        {
            await store.Write(write, CancellationToken.None);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            log.LogError(e, "What came from mail service {Service} could not be counted", service);
        }
    }
}
