using Heliotrope.Core;
using Heliotrope.Core.Imports;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Imports;

/// <summary>How the files of an import are to be read. What is null stays as it is.</summary>
/// <param name="Source">mbox, zendesk, freshdesk or csv.</param>
/// <param name="Account">The account there, such as acme.freshdesk.com: at most 100 letters, digits, dots, dashes and lines below.</param>
/// <param name="Columns">What each column of a table means: ignored, id, name, first-name, last-name, email, phone, organisation, language, zone or notes.</param>
/// <param name="MakeTeams">Teams that are not here are made.</param>
public sealed record MapImportBody(ImportSource? Source = null, string? Account = null, IReadOnlyList<CsvField>? Columns = null, bool? MakeTeams = null);

/// <summary>Says how the files are to be read, where the guess was wrong; they are read through anew.</summary>
internal sealed class MapImport(Store store, ImportBell bell, TimeProvider time)
{
    private const int LongestAccount = 100;

    public async Task<Result<ImportDetails>> Run(Actor actor, long id, MapImportBody body)
    {
        if (!actor.MayAdminister)
        {
            return Refusal.NotAllowed;
        }

        if (body.Account is { } account && (account.Length > LongestAccount || !account.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')))
        {
            return Refusal.Invalid("import.account", "An account is named by letters, digits, dots and dashes.", "account");
        }

        if (body.Columns is { } columns && (!columns.Contains(CsvField.Email) || columns.Count > CsvColumns.Most))
        {
            return Refusal.Invalid("import.columns", "One of the columns holds the mail addresses.", "columns");
        }

        return await ImportStates.Change(store, bell, actor, "mapped", time.Now(), id, [ImportState.Ready, ImportState.Failed], import =>
        {
            import.Source = body.Source ?? import.Source;
            import.ColumnList = body.Columns ?? import.ColumnList;
            import.MakeTeams = body.MakeTeams ?? import.MakeTeams;
            import.Origin = body.Account is { } named && import.Source is { } source
                ? source.ToString().ToLowerInvariant() + (named.Length > 0 ? ":" + named.ToLowerInvariant() : "")
                : import.Origin;
            (import.State, import.Plan, import.Problem) = (ImportState.Reading, "", "");
        });
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/imports/{id:long}", async (long id, MapImportBody body, MapImport map, HttpContext http) => (await map.Run(http.Actor(), id, body)).ToApi())
        .RequireAuthorization(Policies.ApiAdmin).WithName("mapImport").WithSummary("Say how the files of an import are to be read; they are read through anew").Answers<ImportDetails>();
}
