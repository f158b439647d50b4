using Heliotrope.Core.Views;
using Heliotrope.Server.Bulk;
using Heliotrope.Server.People;
using Heliotrope.Server.Teams;
using Heliotrope.Server.Views;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Heliotrope.Server.Database;

internal sealed class SavedViewMapping : IEntityTypeConfiguration<SavedView>
{
    public void Configure(EntityTypeBuilder<SavedView> builder)
    {
        builder.ToTable("SavedViews");
        builder.Property(v => v.Demo).HasDefaultValue(false);
        builder.HasOne<User>().WithMany().HasForeignKey(v => v.OwnerId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<Team>().WithMany().HasForeignKey(v => v.TeamId).OnDelete(DeleteBehavior.SetNull);
    }
}

internal sealed class ViewChoiceMapping : IEntityTypeConfiguration<ViewChoice>
{
    public void Configure(EntityTypeBuilder<ViewChoice> builder)
    {
        builder.ToTable("ViewChoices").HasKey(c => new { c.UserId, c.ViewId });
        builder.HasOne<User>().WithMany().HasForeignKey(c => c.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<SavedView>().WithMany().HasForeignKey(c => c.ViewId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class BulkRunMapping : IEntityTypeConfiguration<BulkRun>
{
    public void Configure(EntityTypeBuilder<BulkRun> builder)
    {
        builder.ToTable("BulkRuns");
        builder.HasOne<User>().WithMany().HasForeignKey(r => r.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
