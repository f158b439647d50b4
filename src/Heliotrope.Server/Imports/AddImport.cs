using Heliotrope.Core;
using Heliotrope.Core.Imports;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Microsoft.AspNetCore.Http.Features;

namespace Heliotrope.Server.Imports;

/// <summary>Takes in the files of an import, and has them read through. Nothing at the desk is changed by it.</summary>
internal sealed class AddImport(Store store, ImportFiles files, ImportBell bell, TimeProvider time)
{
    private const int LongestName = 200;

    /// <summary>The files come one after the other and go to the disk as they come.</summary>
    public async Task<Result<ImportDetails>> Run(Actor actor, ImportSource? source, IAsyncEnumerable<(string Name, Stream Content)> uploads, CancellationToken cancel)
    {
        if (!actor.MayAdminister)
        {
            return Refusal.NotAllowed;
        }

        var import = await store.Write(
            async db =>
            {
                var begun = db.Imports.Add(new() { Source = source is { } named && Enum.IsDefined(named) ? named : null, State = ImportState.Uploading, ByName = actor.Name, CreatedAt = time.Now() }).Entity;
                await db.SaveChangesAsync(cancel);
                return begun;
            },
            cancel);
        var kept = new List<ImportFile>();
        Refusal? refused = Refusal.Invalid("import.empty", "Send a file that holds something.", "file");
        try
        {
            await foreach (var (name, content) in uploads.WithCancellation(cancel))
            {
                if (await files.Keep(import.Id, name, content, cancel) is not { } file)
                {
                    refused = Refusal.Invalid("import.too-large", $"A file has at most {ImportFiles.LargestUpload / (1024 * 1024 * 1024)} GB.", "file");
                    break;
                }

                refused = null;
                kept.Add(file);
            }

            refused = refused is null && kept.Sum(file => file.Size) == 0 ? Refusal.Invalid("import.empty", "Send a file that holds something.", "file") : refused;
        }
        finally
        {
            await Settle(actor, import.Id, refused is null && kept.Count > 0 ? kept : null);
        }

        return refused is not null ? refused : ImportDetails.Of((await store.Read(async db => await db.Imports.FindAsync([import.Id], cancel)))!);
    }

    /// <summary>Adds a file to an import that has not been started: a list of users beside the tickets, for instance.</summary>
    public async Task<Result<ImportDetails>> Add(Actor actor, long id, string name, Stream content, CancellationToken cancel)
    {
        if (!actor.MayAdminister)
        {
            return Refusal.NotAllowed;
        }

        if (await store.Read(async db => await db.Imports.FindAsync([id], cancel)) is not { } import)
        {
            return ImportStates.Unknown(id);
        }

        if (import.State is not (ImportState.Ready or ImportState.Failed) || !files.AreHere(id))
        {
            return ImportStates.NotNow;
        }

        if (await files.Keep(id, name, content, cancel) is not { Size: > 0 } file)
        {
            return Refusal.Invalid("import.too-large", $"A file holds something, and at most {ImportFiles.LargestUpload / (1024 * 1024 * 1024)} GB.", "file");
        }

        return await ImportStates.Change(store, bell, actor, "file-added", time.Now(), id, [ImportState.Ready, ImportState.Failed], found =>
        {
            found.FileList = [.. found.FileList, file];
            found.Name = NameOf(found.FileList);
            (found.State, found.Plan, found.Problem) = (ImportState.Reading, "", "");
        });
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/imports", async (HttpContext http, string? name, ImportSource? source, AddImport add) =>
            {
                http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = ImportFiles.LargestUpload;
                return (await add.Run(http.Actor(), source, One(name ?? "file", http.Request.Body), http.RequestAborted)).ToApi();
            })
            .RequireAuthorization(Policies.ApiAdmin).WithName("addImport").WithSummary("Bring a file to be imported, and have it read through")
            .WithDescription("The body is the file, byte for byte: an mbox, an export of Zendesk or Freshdesk, a table of customers, or an archive of such files. Nothing is changed before it is started.").Answers<ImportDetails>();
        api.MapPost("/imports/{id:long}/files", async (long id, HttpContext http, string? name, AddImport add) =>
            {
                http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = ImportFiles.LargestUpload;
                return (await add.Add(http.Actor(), id, name ?? "file", http.Request.Body, http.RequestAborted)).ToApi();
            })
            .RequireAuthorization(Policies.ApiAdmin).WithName("addImportFile").WithSummary("Add a file to an import that has not been started").Answers<ImportDetails>();
    }

    private static async IAsyncEnumerable<(string Name, Stream Content)> One(string name, Stream content)
    {
        await Task.CompletedTask;
        yield return (name, content);
    }

    private static string NameOf(IReadOnlyList<ImportFile> files) => string.Join(", ", files.Select(file => file.Name)).Storable(LongestName);

    // Also when whoever sent it is gone: what came of it is kept whole, or not at all.
    private async Task Settle(Actor actor, long id, IReadOnlyList<ImportFile>? kept)
    {
        await store.Write(
            async db =>
            {
                var import = await db.Imports.FindAsync(id);
                if (kept is null)
                {
                    db.Imports.Remove(import!);
                    return true;
                }

                (import!.State, import.FileList, import.Name) = (ImportState.Reading, kept, NameOf(kept));
                db.Audit.Add(AuditLine.Of(actor, "import.brought", import.Name, time.Now()));
                db.TouchedWithin.Add(Import.News);
                return true;
            },
            CancellationToken.None);
        if (kept is null)
        {
            files.Remove(id);
        }

        bell.Ring();
        bell.DryRuns.Ring();
    }
}
