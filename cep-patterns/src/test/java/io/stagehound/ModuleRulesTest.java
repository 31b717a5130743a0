package io.stagehound;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.Serializable;

/** What this module may know of the world. */
@AnalyzeClasses(packages = "io.stagehound", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleRulesTest {

  @ArchTest
  static final ArchRule NO_INPUT_OR_OUTPUT =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("java.io", "java.nio.file..", "java.nio.channels..", "java.net..")
                  // A mark, and no input or output: Flink ships what has it to its tasks.
                  .and(not(equivalentTo(Serializable.class))))
          .orShould()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule OF_FLINK_ONLY_CEP =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.apache.flink..")
                  .and(not(resideInAPackage("org.apache.flink.cep..")))
                  .as("classes of Flink outside CEP"));

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("io.stagehound.(*)..").should().beFreeOfCycles();
}
