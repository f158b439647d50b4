using Heliotrope.Core;
using Heliotrope.Core.Imports;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Imports;

/// <summary>Files on this machine, named by whoever may read them anyway.</summary>
/// <param name="Paths">Where they are.</param>
/// <param name="Source">Where they come from; null to find out.</param>
internal sealed record LocalImportBody(IReadOnlyList<string> Paths, ImportSource? Source);

/// <summary>Imports for the command line on the same machine.</summary>
internal static class ImportsLocal
{
    public static void MapLocal(IEndpointRouteBuilder local)
    {
        local.MapPost("/imports", async (LocalImportBody body, AddImport add, HttpContext http) => (await Brought(body, add, http)).ToApi());
        local.MapGet("/imports/{id:long}", async (long id, ListImports list, HttpContext http) => (await list.Show(http.Actor(), id)).ToApi());
        local.MapPost("/imports/{id:long}/start", async (long id, StartImport start, HttpContext http) => (await start.Run(http.Actor(), id)).ToApi());
    }

    /// <summary>The files, each opened when its turn comes.</summary>
    public static async IAsyncEnumerable<(string Name, Stream Content)> Streams(IReadOnlyList<string> paths)
    {
        foreach (var path in paths)
        {
            await using var file = File.OpenRead(path);
            yield return (path, file);
        }
    }

    private static async Task<Result<ImportDetails>> Brought(LocalImportBody body, AddImport add, HttpContext http)
    {
        try
        {
            return await add.Run(http.Actor(), body.Source, Streams(body.Paths), http.RequestAborted);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refusal.Invalid("import.no-file", e.Message, "file");
        }
    }
}
