using Heliotrope.Server.Drafts;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.Drafts;

public sealed class ClearUploadsTests
{
    [Theory, EveryDatabase]
    public async Task Files_beside_no_words_go_after_a_week_and_files_beside_words_stay(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var user = (await server.AddUser("priya@desk.example")).Id;
        var (left, written, fresh, leaving) = (await Draft(""), await Draft("Look at this:"), await Draft(""), await Draft(""));
        await server.Store.Write(
            async db =>
            {
                var draft = await db.Drafts.SingleAsync(d => d.Id == leaving);
                draft.SendAt = server.Clock.GetUtcNow().AddDays(30);
                return true;
            },
            CancellationToken.None);

        var clear = server.Services.GetRequiredService<ClearUploads>();
        server.Advance(ClearUploads.Kept - TimeSpan.FromHours(1));
        Assert.Equal(0, await clear.Clear(CancellationToken.None));
        await server.Store.Write(
            async db =>
            {
                db.Uploads.Add(new() { DraftId = fresh, Name = "second.txt", Type = "text/plain", Content = [1], Size = 1, CreatedAt = server.Clock.GetUtcNow() });
                return await db.SaveChangesAsync();
            },
            CancellationToken.None);
        server.Advance(TimeSpan.FromHours(2));
        Assert.Equal(1, await clear.Clear(CancellationToken.None));
        Assert.Equal([written, fresh, leaving], await server.Store.Read(db => db.Drafts.OrderBy(d => d.Id).Select(d => d.Id).ToListAsync()));
        Assert.Equal(0, await server.Store.Read(db => db.Uploads.CountAsync(u => u.DraftId == left)));
        Assert.Equal(2, await server.Store.Read(db => db.Uploads.CountAsync(u => u.DraftId == fresh)));

        async Task<long> Draft(string text)
        {
            var number = await server.Receive(TestMail.FromSomebodyNew());
            return await server.Store.Write(
                async db =>
                {
                    var draft = db.Drafts.Add(new() { ConversationNumber = number, UserId = user, Kind = DraftKind.Reply, Text = text, UpdatedAt = server.Clock.GetUtcNow() }).Entity;
                    await db.SaveChangesAsync();
                    db.Uploads.Add(new() { DraftId = draft.Id, Name = "first.txt", Type = "text/plain", Content = [1], Size = 1, CreatedAt = server.Clock.GetUtcNow() });
                    return draft.Id;
                },
                CancellationToken.None);
        }
    }
}
