using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Heliotrope.Server.Database;

/// <summary>What is to be taken back is changed through the tracker: a statement past it would change rows that nobody noted.</summary>
internal sealed class NothingUnseen : DbCommandInterceptor
{
    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result) => Check(eventData, result);

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Check(eventData, result));

    private static InterceptionResult<int> Check(CommandEventData data, InterceptionResult<int> result) =>
        data.Context is HeliotropeDb { Journal: not null } && data.CommandSource is CommandSource.ExecuteDelete or CommandSource.ExecuteUpdate or CommandSource.ExecuteSqlRaw
            ? throw new InvalidOperationException("What can be taken back is changed through the tracker, so that each row is noted.")
            : result;
}
